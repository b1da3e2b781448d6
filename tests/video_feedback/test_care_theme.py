"""Asked of the coach once a traject: is the theme about pupils' needs of care? And the rules of use, once a year."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from meetings.models import Meeting
from netwerkleren.base.models import AuditEvent
from tests.types import SignIn
from video_feedback.contributions import clip_todos
from video_feedback.models import Clip, ConsentStatement
from video_feedback.services import consent

ADD = reverse("video_feedback:add_clip")
QUESTION = "Gaat het thema over een zorgbehoefte van leerlingen?"


def titles(person: Membership) -> list[str]:
    return [todo.title for todo in clip_todos(User.objects.get(pk=person.user_id))]


def test_the_coach_is_asked_once_and_answers_with_one_press(
    group: NetworkGroup, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(is_about_care=None)
    assert QUESTION in titles(coach)
    assert QUESTION not in titles(participant)
    browser, url = sign_in(coach), reverse("video_feedback:care_theme", args=[group.pk])
    assert url in browser.get(group.get_absolute_url()).content.decode()
    page = browser.get(url).content.decode()
    assert "Jullie thema: Leerlingen met autisme in de klas." in page

    for _twice in range(2):
        browser.post(url, {"about_care": "1"})

    group.refresh_from_db()
    assert group.is_about_care is True
    assert QUESTION not in titles(coach)
    assert "Je antwoord: ja." in browser.get(url).content.decode()
    assert AuditEvent.objects.filter(action="group.theme_about_care", group_id=group.pk).count() == 1


def test_a_draft_is_not_asked_about(group: NetworkGroup, coach: Membership) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(is_about_care=None, published_at=None)

    assert titles(coach) == []


def test_a_theme_of_care_asks_each_owner_anew_and_offers_no_statement_that_is_not_enough(
    clip: Clip, participant: Membership, colleague: Membership, coach: Membership, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="own_school")
    owner, detail = sign_in(participant), reverse("video_feedback:detail", args=[clip.pk])
    share = reverse("video_feedback:share", args=[clip.pk])
    assert 'value="own_school"' in owner.get(detail).content.decode()

    consent.answer_theme(actor=coach.user, group=participant.group, is_about_care=True)

    assert titles(participant) == ["Leg je verklaring opnieuw vast"]
    assert "Verklaring nodig" in owner.get(reverse("video_feedback:overview")).content.decode()
    page = " ".join(owner.get(detail).content.decode().split())
    assert "niet meer genoeg. Tot je hieronder een nieuwe vastlegt, ziet niemand anders het." in page
    assert 'value="own_school"' not in page
    assert "Ook op je eigen school is dan toestemming van alle ouders nodig." in page
    refused = owner.post(share, {"audience": "group", "scope": "own_school"})
    assert refused.status_code == 422
    assert "Ook op je eigen school is dan toestemming van alle ouders nodig." in refused.content.decode()
    assert sign_in(colleague).get(detail).status_code == 404

    owner.post(share, {"audience": "group", "scope": "all_parents"})

    assert titles(participant) == []
    assert "niet meer genoeg" not in owner.get(detail).content.decode()
    assert sign_in(colleague).get(detail).status_code == 200


def test_who_takes_it_back_is_not_asked_anew(clip: Clip, participant: Membership, maatje: Membership) -> None:
    Clip.objects.filter(pk=clip.pk).update(audience="group", asked_anew_at=timezone.now())
    assert titles(participant) == ["Leg je verklaring opnieuw vast"]

    consent.withdraw_clip(actor=participant.user, clip=clip)

    assert titles(participant) == []


def test_what_all_parents_allowed_goes_on_in_a_theme_of_care(
    clip: Clip, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")

    consent.answer_theme(actor=coach.user, group=participant.group, is_about_care=True)

    assert Clip.objects.visible_to(maatje.user).exists()
    assert titles(participant) == []


@pytest.mark.parametrize("scope", ConsentStatement.Scope)
def test_either_statement_says_all_of_it(
    clip: Clip, participant: Membership, colleague: Membership, scope: str
) -> None:
    statement = consent.share_clip(actor=participant.user, clip=clip, audience="group", scope=scope)

    for words in (
        "alle ouders of verzorgers met gezag, van elk kind dat je ziet of hoort",
        "De volwassenen in beeld weten er ook van.",
        "De klas is verteld dat er werd gefilmd, en wie dat niet wilde, zat buiten beeld.",
    ):
        assert words in statement.text


def test_the_page_says_what_one_states_besides_and_leads_to_the_letter(
    clip: Clip, participant: Membership, sign_in: SignIn
) -> None:
    page = sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()

    assert "Je verklaart ook: De volwassenen in beeld weten er ook van." in page
    assert 'href="/over/brief-aan-ouders/"' in page


def test_before_the_first_fragment_of_a_year_one_agrees_with_the_rules(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    User.objects.filter(pk=participant.user_id).update(rules_agreed_at=timezone.now() - timedelta(days=366))
    browser = sign_in(participant)

    def add(**more: str) -> int:
        data = {"key": str(uuid.uuid4()), "owner": str(participant.pk), "title": "Drie tellen wachten"}
        return browser.post(ADD, data | more).status_code

    page = browser.get(ADD).content.decode()
    assert "Ik heb de gebruiksregels gelezen en houd me eraan." in page
    assert 'href="/over/gebruiksregels/"' in page
    assert (add(), Clip.objects.count()) == (422, 0)

    assert (add(agrees="on"), Clip.objects.count()) == (302, 1)

    assert "Ik heb de gebruiksregels gelezen" not in browser.get(ADD).content.decode()
    assert (add(), Clip.objects.count()) == (302, 2)
    assert AuditEvent.objects.filter(action="rules.agreed").count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        assert not User.objects.get(pk=participant.user_id).has_agreed_rules
