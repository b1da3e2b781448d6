"""What the mail and the page of an invitation say: when, where, how much time, what it is, and who sees what."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from groups.addresses import Address
from groups.models import Invitation, Membership
from groups.services import inviting
from meetings.models import Meeting
from meetings.services import planning
from netwerkleren.base.templatetags.ui import about_hours
from tests.factories import local, make_agenda_item, make_meeting, make_user
from tests.types import OnCommit, SignIn

from .invited import ANNA, FILLED, fill_in, link_in, open_link

NO_ASSESSMENT = (
    "Dit is geen beoordeling. Alleen mensen uit de groep kijken mee; wie er niet in zit, ook je directeur, "
    "ziet hier niets, tenzij jij het laat zien. De expert leest de leervragen."
)


def _plan(coach: Membership) -> None:
    planning.plan_meetings(
        actor=coach.user,
        group=coach.group,
        introduction_at=local(2099, 1, 14, 15, 30),
        network_count=3,
        dates=[None] * 4,
        place="Het Kompas",
    )


def _invite(coach: Membership, commit: OnCommit, person: Address = ANNA) -> EmailMultiAlternatives:
    with commit(execute=True):
        inviting.invite_people(actor=coach.user, group=coach.group, people=[person])
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


def _words(text: object) -> str:
    """As it is read: without tags, and with one space between words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(text))).split())


def test_the_mail_says_when_where_how_much_time_what_it_is_and_who_sees_what(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _plan(coach)
    message = _invite(coach, django_capture_on_commit_callbacks)
    for shown in (_words(message.body), _words(message.alternatives[0][0])):
        assert "Hallo Anna," in shown
        assert "Introductie" in shown
        assert "Woensdag 14 januari, 15.30 tot 17.50 uur" in shown
        assert "Het Kompas" in shown
        assert "5 bijeenkomsten, samen ongeveer 11 uur." in shown
        assert "In een netwerkgroep leer je samen met mensen van andere scholen" in shown
        assert NO_ASSESSMENT in shown


@pytest.mark.parametrize("has_account", [False, True])
def test_the_page_says_the_same(
    has_account: bool, coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _plan(coach)
    browser = sign_in(make_user("Anna", email=ANNA.email)) if has_account else Client()
    browser, page = open_link(link_in(_invite(coach, django_capture_on_commit_callbacks)), browser)
    shown = _words(browser.get(page).content.decode())
    for words in ("Woensdag 14 januari", "15.30 tot 17.50", "Het Kompas", "5 bijeenkomsten, samen ongeveer 11 uur"):
        assert words in shown
    assert "met een expert aan tafel" in shown
    assert NO_ASSESSMENT in shown


def test_without_a_date_it_follows_and_without_a_plan_nothing_is_said_of_it(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    bare = _words(_invite(coach, django_capture_on_commit_callbacks).body)
    assert "bijeenkomst" not in bare.replace("bijeenkomsten", "")
    assert NO_ASSESSMENT in bare
    meeting = make_meeting(coach.group, Meeting.Kind.INTRODUCTION, starts_at=None)
    make_agenda_item(meeting, minutes=80)
    dated = _words(_invite(coach, django_capture_on_commit_callbacks, Address("tom@school.example", "")).body)
    assert "Introductie De datum volgt. 1 bijeenkomst, ongeveer anderhalf uur." in dated
    assert dated.startswith("Hallo, ")


def test_who_is_invited_later_hears_what_is_still_to_come(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _plan(coach)
    introduction, first, second, *_rest = coach.group.meetings.order_by("position")
    Meeting.objects.filter(pk=introduction.pk).update(state=Meeting.State.ENDED)
    Meeting.objects.filter(pk=first.pk).update(state=Meeting.State.CANCELLED)
    Meeting.objects.filter(pk=second.pk).update(starts_at=local(2099, 3, 18, 14, 0))
    body = _words(_invite(coach, django_capture_on_commit_callbacks).body)
    assert "Bijeenkomst 2 Woensdag 18 maart, 14.00 tot 16.20 uur" in body
    assert "Nog 3 bijeenkomsten, samen ongeveer 6 en een half uur." in body


def test_an_invitation_that_waited_says_what_the_plan_is_when_it_goes_out(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    invited = Invitation.objects.create(group=coach.group, email=ANNA.email, name=ANNA.name, invited_by=coach.user)
    _plan(coach)
    Invitation.objects.filter(pk=invited.pk).update(expires_at=timezone.now() - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        inviting.resend_invitation(actor=coach.user, invitation=invited)
    assert "5 bijeenkomsten, samen ongeveer 11 uur." in _words(mail.outbox[-1].body)


def test_the_page_says_each_fault_once_and_leads_to_its_field(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client, page = open_link(link_in(_invite(coach, django_capture_on_commit_callbacks)))
    shown = fill_in(client, page, {**FILLED, "name": "", "password": "kort", "discipline": ""}).content.decode()
    assert shown.count("Vul je naam in.") == 1
    assert shown.count("Schrijf op wat je daar doet.") == 1
    assert shown.count("te kort") == 1
    assert '<a href="#id_password">' in shown


def test_the_places_of_the_groups_schools_are_offered_for_a_new_school(
    coach: Membership, participant: Membership, maatje: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client, page = open_link(link_in(_invite(coach, django_capture_on_commit_callbacks)))
    shown = client.get(page).content.decode()
    assert 'list="school-places"' in shown
    assert [place for place in ("Assen", "Gieten") if f'<option value="{place}">' in shown] == ["Assen", "Gieten"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, ""),
        (14, ""),
        (30, "een half uur"),
        (60, "1 uur"),
        (80, "anderhalf uur"),
        (105, "2 uur"),
        (150, "2 en een half uur"),
        (665, "11 uur"),
    ],
)
def test_minutes_in_words(minutes: int, said: str) -> None:
    assert about_hours(minutes) == said
