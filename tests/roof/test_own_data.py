"""One's own data as a zip, and the end of one's own account, over all apps (docs/security.md P4)."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from re import findall, match
from typing import Any
from zipfile import BadZipFile, ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from groups.addresses import Address
from groups.models import FactorReset, Invitation, LearningGoal, Membership, NetworkGroup, User
from groups.own_data import Taken, parts_of, zip_of
from groups.points import account_deleted, own_data
from groups.services import inviting
from leervragen.models import Leervraag
from meetings.models import Agreement, Inventory, Meeting
from netwerkleren.base.models import AuditEvent, OutgoingMail
from reports.models import BehaviourGraph, Interview, ValueStory
from tests.factories import local, make_group, make_meeting, make_member
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, ClipView, Feedback, Remark, Talentmoment, footage

RIGHT = "een-lang-wachtwoord"
ZIP = "/mijn-gegevens/meenemen/"
DELETE = "/mijn-gegevens/account-verwijderen/"


def log_in(person: Membership) -> Client:
    """With the password alone, given once more, so that nothing asks who it is again."""
    cache.clear()
    Authenticator.objects.filter(user=person.user).delete()
    browser = Client()
    browser.post("/account/login/", {"login": person.user.email, "password": RIGHT})
    browser.post("/account/reauthenticate/", {"password": RIGHT})
    return browser


@pytest.fixture
def work(participant: Membership, maatje: Membership, meeting: Meeting) -> Clip:
    """What Marijke made in every app, and what Yusuf said and saw of it; her fragment."""
    clip = make_clip(participant, title="Rekenen in de kring")
    theirs = make_clip(maatje, title="Kring van Yusuf")
    for giver, on, text in ((maatje, clip, "Je wachtte mooi."), (participant, theirs, "Goede open vraag.")):
        sent = Feedback.objects.create(clip=on, giver=giver, sent_at=timezone.now())
        Remark.objects.create(feedback=sent, kind=Remark.Kind.TOP, start_ms=0, text=text)
    ClipView.objects.create(clip=clip, watcher=maatje)
    Talentmoment.objects.create(author=participant, text="Hij bouwde een brug.")
    LearningGoal.objects.create(membership=participant, text="Langer wachten")
    Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe geef ik ruimte?")
    Agreement.objects.create(meeting=meeting, owner=participant, text="Neemt koffie mee", due=date(2027, 1, 5))
    ValueStory.objects.create(teller=participant, text="Het was de moeite waard.")
    BehaviourGraph.objects.create(member=participant)
    interview = Interview.objects.create(group=participant.group, teller=participant)
    interview.notes.create(part="A", text="Zij vertelde veel.")
    return clip


def read_zip(response: Any) -> ZipFile:
    return ZipFile(BytesIO(b"".join(response.streaming_content)))


def test_the_zip_holds_what_each_app_keeps_as_pages_and_as_json(participant: Membership, work: Clip) -> None:
    response = log_in(participant).get(ZIP)
    archive = read_zip(response)

    assert response.headers["Content-Type"] == "application/zip"
    assert archive.testzip() is None
    page = archive.read("index.html").decode()
    told = {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
    assert told["profiel.json"][0]["e-mailadres"] == participant.user.email
    assert told["groepen.json"][0]["school"] == str(participant.school)
    assert [row["leerdoel"] for row in told["leerdoelen.json"]] == ["Langer wachten"]
    assert [row["vraag"] for row in told["leervragen.json"]] == ["Hoe geef ik ruimte?"]
    assert [row["afspraak"] for row in told["afspraken.json"]] == ["Neemt koffie mee"]
    assert [row["wat er staat"] for row in told["feedback-gegeven.json"]] == ["Goede open vraag."]
    assert [row["wat er staat"] for row in told["feedback-gekregen.json"]] == ["Je wachtte mooi."]
    assert [row["bekeken door"] for row in told["bekeken.json"]] == ["Yusuf Demir"]
    assert [row["wat je zag"] for row in told["talentmomenten.json"]] == ["Hij bouwde een brug."]
    assert [row["verhaal"] for row in told["verhalen.json"]] == ["Het was de moeite waard."]
    assert [row["aantekeningen"] for row in told["interview.json"]] == ["Zij vertelde veel."]
    assert {"lijn.json", "aanwezigheid.json", "fragmenten.json"} <= set(told)
    for rows in told.values():
        for row in rows:
            for value in row.values():
                if isinstance(value, str) and not match(r"\d{4}-\d\d-\d\d", value):  # a day is in words there
                    assert value in page
    films = [name for name in archive.namelist() if name.startswith("films/")]
    assert films == [f"films/{work.pk}.mp4"]
    with footage().open(str(work.video)) as film:
        assert archive.read(films[0]) == film.read()


def test_its_page_is_read_on_a_dutch_clock_and_in_words(participant: Membership) -> None:
    Membership.objects.filter(pk=participant.pk).update(joined=local(2026, 7, 1, 0, 30))
    Inventory.objects.create(member=participant, camera="yes", cutting="not_yet")
    signs = [Talentmoment.Sign.REASONS, Talentmoment.Sign.EXPLORES]
    Talentmoment.objects.create(author=participant, text="Hij bouwde een brug.", signs=signs)

    page = read_zip(log_in(participant).get(ZIP)).read("index.html").decode()

    told = dict(findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page))
    assert told["tot"] == "-" and "1 juli 2026, 00.30 uur" in page
    assert told["Heb je iets om mee te filmen?"] == "ja"
    assert told["Weet je hoe je een fragment knipt?"] == "nog niet"
    assert told["waaraan je het zag"] == "redeneert en onderzoekt"
    assert told["eigen telefoons"] == "-"
    assert "+00:00" not in page and "[" not in page


def test_nothing_of_another_is_in_it(maatje: Membership, work: Clip) -> None:
    text = str([part.rows for part in parts_of(maatje.user)])

    assert "Het was de moeite waard." not in text and "Hij bouwde een brug." not in text
    assert "Rekenen in de kring" not in text and work.pk not in [file.name for file in _files(maatje.user)]


def _files(user: User) -> list[Any]:
    return [file for part in parts_of(user) for file in part.files]


def test_a_film_that_is_erased_while_the_zip_goes_out_is_not_in_it(participant: Membership, work: Clip) -> None:
    pieces = zip_of(parts_of(participant.user), lambda: participant.user)
    sent = [next(pieces)]
    Clip.objects.filter(pk=work.pk).update(state=Clip.State.ERASED)

    with pytest.raises(Taken):
        sent.extend(pieces)

    with footage().open(str(work.video)) as film:
        assert film.read() not in b"".join(sent)
    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(b"".join(sent)))


def test_both_pages_ask_again_who_it_is(participant: Membership, sign_in: Callable[[Membership], Client]) -> None:
    browser = sign_in(participant)

    for address in (ZIP, DELETE):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/account/reauthenticate/")
    assert browser.post(DELETE, {"sure": "on"}).headers["Location"] == DELETE
    assert User.objects.get(pk=participant.user_id).is_active


def test_an_account_ends_and_what_the_group_made_together_stays(
    participant: Membership, maatje: Membership, work: Clip, django_capture_on_commit_callbacks: Any
) -> None:
    browser, address = log_in(participant), participant.user.email
    EmailAddress.objects.get_or_create(user=participant.user, email=address)
    Authenticator.objects.create(user=participant.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    film = str(work.video)

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(DELETE, {"sure": "on"})

    assert answer.headers["Location"] == "/account-verwijderd/"
    gone = User.objects.get(pk=participant.user_id)
    assert (gone.name, gone.email, gone.is_active) == ("Oud-deelnemer", f"{gone.pk}@oud-deelnemer.invalid", False)
    assert not gone.has_usable_password()
    for rows in (EmailAddress, Authenticator):
        assert not rows.objects.filter(user=gone).exists()
    assert not Clip.objects.owned_by(gone).exists() and not footage().exists(film)
    for kept in (
        ValueStory.objects.filter(teller=participant),
        BehaviourGraph.objects.filter(member=participant),
        Interview.objects.filter(teller=participant),
        Talentmoment.objects.filter(author=participant),
        LearningGoal.objects.filter(membership=participant),
    ):
        assert not kept.exists()
    remark = Remark.objects.get(feedback__giver=participant)
    assert (remark.text, remark.feedback.giver.name) == ("Goede open vraag.", "Oud-deelnemer")
    assert Leervraag.objects.get(author=participant).author.name == "Oud-deelnemer"
    member = Membership.objects.get(pk=participant.pk)
    assert (member.left is not None, member.school, member.discipline) == (True, None, "")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([address], "Je account van Netwerkleren is weg")
    assert not OutgoingMail.objects.filter(recipient=address).exists()
    assert AuditEvent.objects.filter(action="account.deleted", object_id=str(gone.pk)).exists()


def test_nothing_of_its_address_stays_and_no_draft_that_nobody_can_reach(coach: Membership) -> None:
    address = coach.user.email
    FactorReset.objects.create(user=coach.user, email=address)
    draft = make_group("Nooit begonnen", draft=True)
    make_member(draft, user=coach.user, coach=True)
    make_meeting(draft)
    shared = make_group("Met z'n tweeën", draft=True)
    make_member(shared, user=coach.user, coach=True)
    other = make_member(shared, "Tweede Coach", coach=True)
    for group in (draft, shared, coach.group):
        inviting.invite_people(actor=coach.user, group=group, people=[Address("anna@school.example")])

    assert log_in(coach).post(DELETE, {"sure": "on"}).status_code == 302

    assert not FactorReset.objects.filter(email=address).exists()
    assert not NetworkGroup.objects.filter(pk=draft.pk).exists()
    assert NetworkGroup.objects.filter(memberships=other.pk).exists()
    assert set(Invitation.objects.values_list("group", flat=True)) == {shared.pk, coach.group_id}
    assert not Invitation.objects.exclude(invited_by=None).exists()
    assert AuditEvent.objects.filter(action="group.deleted", group_id=draft.pk).exists()


def test_every_session_of_it_is_over(participant: Membership, work: Clip) -> None:
    here, elsewhere = log_in(participant), log_in(participant)

    here.post(DELETE, {"sure": "on"})

    for browser in (here, elsewhere):
        assert browser.get("/").status_code == 302
    assert "_auth_user_id" not in log_in(participant).session


def test_without_the_tick_nothing_happens(participant: Membership) -> None:
    answer = log_in(participant).post(DELETE, {})

    assert answer.status_code == 422
    assert User.objects.get(pk=participant.user_id).email == participant.user.email


def test_who_alone_coaches_a_running_group_hands_it_over_first(coach: Membership, meeting: Meeting) -> None:
    browser = log_in(coach)

    answer = browser.post(DELETE, {"sure": "on"})

    assert answer.status_code == 422
    assert "Je bent de enige coach van De Hondsrug" in answer.content.decode()
    make_member(coach.group, "Tweede Coach", coach=True)
    assert browser.post(DELETE, {"sure": "on"}).status_code == 302


def test_a_coach_whose_meetings_are_all_over_may_go(coach: Membership) -> None:
    make_meeting(coach.group, state=Meeting.State.ENDED)

    assert log_in(coach).post(DELETE, {"sure": "on"}).status_code == 302


def test_a_film_sent_for_another_stays_theirs(participant: Membership, maatje: Membership) -> None:
    clip = make_clip(maatje, uploaded_by=participant)
    Clip.objects.filter(pk=clip.pk).update(handed_over_at=None)

    log_in(participant).post(DELETE, {"sure": "on"})

    clip.refresh_from_db()
    assert (clip.is_ready, clip.is_handed_over) == (True, True)


def test_every_app_gives_its_part() -> None:
    assert {function.__module__.split(".")[0] for function in own_data} == {
        "groups",
        "meetings",
        "leervragen",
        "video_feedback",
        "reports",
    }
    assert {function.__module__.split(".")[0] for function in account_deleted} == {
        "meetings",
        "video_feedback",
        "reports",
    }
