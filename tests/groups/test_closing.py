"""A group that is closed and opened again, and a draft that is thrown away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, WorkingAgreement
from groups.services import closing, inviting, network_groups, pairing
from meetings.models import Agreement, Evaluation, Inventory, Meeting, Wish
from meetings.services import changing, planning
from netwerkleren.base.models import AuditEvent, OutgoingMail
from reports.models import BehaviourGraph, Export, ValueStory
from tests.factories import local, make_agenda_item, make_group, make_meeting, make_member
from tests.types import OnCommit, SignIn
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip
from video_feedback.retention import keeping_of
from video_feedback.services import clips, consent

from .invited import ANNA


def _close(coach: Membership) -> None:
    closing.close_group(actor=coach.user, group=coach.group)


def test_the_page_says_what_happens_and_closing_tells_everyone_once(
    coach: Membership, participant: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browser = sign_in(coach)
    address = f"/groepen/{coach.group_id}/afsluiten/"
    assert "Fragmenten ziet meteen alleen de maker nog" in browser.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            browser.post(address)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([coach.user.email, participant.user.email])
    assert {letter.subject for letter in mail.outbox} == {"De Hondsrug is afgesloten"}
    assert AuditEvent.objects.filter(action="group.closed").count() == 1
    page = sign_in(participant).get(f"/groepen/{coach.group_id}/")
    assert "Deze groep is afgesloten" in page.content.decode()


@time_machine.travel(local(2026, 11, 26, 16, 0), tick=False)
@pytest.mark.parametrize(
    ("days_ago", "says"),
    [
        (None, "bewaard tot en met 26 december 2026, en dan gewist"),
        (20, "bewaard tot en met 6 december 2026, en dan gewist"),
        (40, "Die hoort van tevoren wanneer ze gewist worden."),
    ],
)
def test_the_page_says_until_when_films_stay_which_is_no_longer_than_after_an_afsluiting_that_ended(
    coach: Membership, sign_in: SignIn, days_ago: int | None, says: str
) -> None:
    if days_ago is not None:
        ended = timezone.now() - timedelta(days=days_ago)
        state = Meeting.State.ENDED
        make_meeting(coach.group, Meeting.Kind.CLOSING, starts_at=ended, ended_at=ended, state=state)

    page = sign_in(coach).get(f"/groepen/{coach.group_id}/afsluiten/").content.decode()

    assert says in page
    _close(coach)
    last_day = keeping_of(NetworkGroup.objects.get(pk=coach.group_id)).last_day
    assert last_day == timezone.localdate() + timedelta(days=30 - (days_ago or 0))


def test_from_the_next_request_on_a_fragment_is_its_makers_alone(
    coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    clip = make_clip(participant)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    address = f"/media/{clip.pk}/film.mp4"
    browsers = {name: sign_in(person) for name, person in (("own", participant), ("maatje", maatje), ("coach", coach))}
    found = {name: browser.get(address).status_code for name, browser in browsers.items()}
    assert set(found.values()) == {200}
    _close(coach)
    found = {name: browser.get(address).status_code for name, browser in browsers.items()}
    assert found == {"own": 200, "maatje": 404, "coach": 404}
    assert not Clip.objects.visible_to(maatje.user).exists()

    closing.reopen_group(actor=coach.user, group=coach.group)
    assert browsers["maatje"].get(address).status_code == 200


def test_a_closed_group_takes_nothing_more(
    coach: Membership, participant: Membership, maatje: Membership, meeting: Meeting
) -> None:
    clip = make_clip(participant)
    invitation = Invitation.objects.create(group=coach.group, email=ANNA.email, invited_by=coach.user)
    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    _close(coach)
    group = NetworkGroup.objects.get(pk=coach.group_id)
    invitation.refresh_from_db()
    own = Membership.objects.get(pk=participant.pk)
    refused: list[Callable[[], object]] = [
        lambda: inviting.invite_people(actor=coach.user, group=group, people=[ANNA]),
        lambda: inviting.resend_invitation(actor=coach.user, invitation=invitation),
        lambda: inviting.accept_as_new(actor=coach.user, invitation=invitation, name="Anna", password="een-lang-woord"),
        lambda: pairing.make_pair(actor=coach.user, group=group, members=[coach, participant]),
        lambda: changing.reopen_meeting(actor=coach.user, meeting=meeting),
        lambda: consent.share_clip(actor=own.user, clip=clip, audience="group", scope="all_parents"),
        lambda: clips.add_clip(actor=own.user, key=clip.pk, uploaded_by=own, owner=own, title="Kring"),
    ]
    for number, call in enumerate(refused):
        with pytest.raises(ValidationError):
            call()
            pytest.fail(f"call {number} was taken")
    assert invitation.state == "revoked"


def test_what_is_still_to_come_holds_it(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    page = browser.get(f"/groepen/{coach.group_id}/afsluiten/").content.decode()
    assert "Er komen nog bijeenkomsten" in page
    assert "Sluit de groep af" not in page
    assert "Er komen nog bijeenkomsten" in (
        browser.post(f"/groepen/{coach.group_id}/afsluiten/", follow=True).content.decode()
    )
    coach.group.refresh_from_db()
    assert coach.group.closed_at is None


def test_opened_again_everyone_is_told_and_it_goes_on(
    coach: Membership, participant: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _close(coach)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            sign_in(coach).post(f"/groepen/{coach.group_id}/heropenen/")
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([coach.user.email, participant.user.email])
    group = NetworkGroup.objects.get(pk=coach.group_id)
    assert inviting.invite_people(actor=coach.user, group=group, people=[ANNA]) != []


def test_closed_and_opened_at_once_sends_no_mail_that_it_is_closed(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _close(coach)
        closing.reopen_group(actor=coach.user, group=coach.group)
    assert [letter.subject for letter in mail.outbox] == ["De Hondsrug is weer open"]


def test_a_draft_is_thrown_away_with_all_of_it_and_nobody_is_mailed(coach: Membership, sign_in: SignIn) -> None:
    group = network_groups.create_group(actor=coach.user, name="Reest", people=[ANNA])
    planning.plan_meetings(
        actor=coach.user, group=group, introduction_at=timezone.now(), network_count=3, dates=[None] * 4, place=""
    )
    browser = sign_in(coach)
    page = browser.get(f"/groepen/{group.pk}/weggooien/").content.decode()
    assert "Niemand kreeg er mail over." in page
    response = browser.post(f"/groepen/{group.pk}/weggooien/")
    assert (response.status_code, response["Location"]) == (302, "/groepen/")
    assert browser.post(f"/groepen/{group.pk}/weggooien/").status_code == 404
    assert not NetworkGroup.objects.filter(name="Reest").exists()
    assert (Meeting.objects.count(), Invitation.objects.count(), OutgoingMail.objects.count()) == (0, 0, 0)
    assert AuditEvent.objects.filter(action="group.deleted").count() == 1


def test_a_published_group_is_never_thrown_away(coach: Membership, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    assert "Sluit haar af" in browser.get(f"/groepen/{coach.group_id}/weggooien/").content.decode()
    assert "Sluit haar af" in browser.post(f"/groepen/{coach.group_id}/weggooien/", follow=True).content.decode()
    assert NetworkGroup.objects.filter(pk=coach.group_id).exists()


def test_a_draft_with_a_fragment_says_so(coach: Membership) -> None:
    group = network_groups.create_group(actor=coach.user, name="Reest")
    make_clip(group.memberships.get())
    with pytest.raises(ValidationError, match="al een fragment in dit concept"):
        closing.delete_draft(actor=coach.user, group=group)


def test_a_draft_cannot_be_closed(coach: Membership) -> None:
    group = network_groups.create_group(actor=coach.user, name="Reest")
    with pytest.raises(ValidationError, match="nog een concept"):
        closing.close_group(actor=coach.user, group=group)


def test_in_a_closed_group_what_was_shared_can_be_taken_back(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    story = ValueStory.objects.create(teller=participant, text="Tel tot drie.", draft="Tel tot vijf.", decision="pdf")
    line = BehaviourGraph.objects.create(member=participant, shared_at=timezone.now())
    goal = LearningGoal.objects.create(membership=participant, text="Wachten", audience="group")
    export = Export.objects.create(group=coach.group, state=Export.State.RUNNING)
    _close(coach)
    browser = sign_in(participant)
    harvest = f"/oogst/{coach.group_id}/"
    for page, button in (("mijn-verhaal", "Houd het weer voor mezelf"), ("mijn-lijn", "Houd hem weer voor mezelf")):
        shown = browser.get(f"{harvest}{page}/").content.decode()
        assert button in shown
        assert "Bewaar mijn" not in shown
        assert browser.post(f"{harvest}{page}/terug/").status_code == 302
        assert button not in browser.get(f"{harvest}{page}/").content.decode()
    show_goal = f"/groepen/leerdoelen/{goal.pk}/wie-ziet/"
    browser.post(show_goal, {"audience": "alone"})
    for row in (story, line, goal):
        row.refresh_from_db()
    assert (story.decision, story.text, line.shared_at, goal.audience) == ("private", "Tel tot vijf.", None, "alone")
    assert not Export.objects.filter(pk=export.pk, state=Export.State.RUNNING).exists()

    told = browser.post(show_goal, {"audience": "group"}, follow=True).content.decode()
    assert "Je kunt je leerdoel niet meer aan anderen laten zien" in told
    goal.refresh_from_db()
    assert goal.audience == "alone"


def test_an_agenda_of_a_closed_group_can_be_copied(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    make_agenda_item(meeting, minutes=25)
    earlier = meeting.group
    NetworkGroup.objects.filter(pk=earlier.pk).update(closed_at=timezone.now())
    group = make_group("Nieuw")
    make_member(group, user=coach.user, coach=True)
    new = make_meeting(group, starts_at=timezone.now() + timedelta(days=3))
    browser = sign_in(coach)
    assert str(meeting.pk) in browser.get(f"/bijeenkomsten/{new.pk}/agenda/andere/").content.decode()
    browser.post(f"/bijeenkomsten/{new.pk}/agenda/andere/{meeting.pk}/")
    assert [item.minutes for item in new.agenda.all()] == [item.minutes for item in meeting.agenda.all()]


def test_nothing_of_a_closed_group_waits_on_today(coach: Membership, participant: Membership, sign_in: SignIn) -> None:
    now = timezone.now()
    make_meeting(coach.group, starts_at=now - timedelta(days=3), state="ended")
    passed = make_meeting(coach.group, position=2, starts_at=now - timedelta(days=1))
    Agreement.objects.create(meeting=passed, text="Koffie regelen", owner=participant)
    browsers = [sign_in(coach), sign_in(participant)]
    assert "Is de bijeenkomst geweest?" in browsers[0].get("/").content.decode()
    assert "Koffie regelen" in browsers[1].get("/").content.decode()
    NetworkGroup.objects.update(closed_at=timezone.now())
    assert "Is de bijeenkomst geweest?" not in browsers[0].get("/").content.decode()
    assert "Koffie regelen" not in browsers[1].get("/").content.decode()
    passed.refresh_from_db()
    assert passed.can_be_handed_over is False


def test_what_was_written_can_be_read_and_no_page_offers_to_change_it(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    Evaluation.objects.create(meeting=meeting, tops="Iedereen kwam aan het woord.")
    Inventory.objects.create(member=participant, struggle="De overgangen")
    Wish.objects.create(group=coach.group, kind="topic", text="Rust in de gang")
    WorkingAgreement.objects.create(group=coach.group, text="Op tijd beginnen")
    group, held = f"/groepen/{coach.group_id}/", f"/bijeenkomsten/{meeting.pk}/"
    shown = {
        group: (
            "Op tijd beginnen",
            ["Pas aan", "Schrijf één zin", "Bewaar leerdoel", "Nodig uit", "Leg afspraken vast"],
        ),
        f"{group}wensen/": ("Rust in de gang", ["Zet op de lijst", "Dit wil ik ook", "Dit spraken we af"]),
        f"{group}startvragen/": ("De overgangen", ["Bewaar"]),
        held: ("Wat de groep zei", ["weer openen?"]),
        f"{held}evaluatie/": ("Iedereen kwam aan het woord.", ["Bewaar", "Voeg toe", "Ik schrijf"]),
        f"{held}leervragen/": ("Leervragen", ["Lever in", "<textarea"]),
    }
    _close(coach)
    for person in (participant, coach):
        for address, (read, offers) in shown.items():
            answer = sign_in(person).get(address)
            if (person, address) != (coach, f"{group}startvragen/"):  # which are the deelnemers'
                page = answer.content.decode().partition("<main")[2]
                assert read in page, address
                assert [offer for offer in offers if offer in page] == [], address
