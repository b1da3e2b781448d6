"""P1 of docs/security.md, written out: each watcher × each state of a fragment, on page, picture, film and Scherm.

What an access table is for routes, this is for consent: a cell is what one person gets of one fragment.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, Pair, User
from meetings.models import AgendaItem, Meeting
from tests.access.table import digibord_of, own_phone_of
from tests.factories import make_agenda_item, make_expert_invitation, make_member, make_school
from tests.types import MakeClip, SignIn
from video_feedback.models import Clip, ConsentStatement
from video_feedback.services import clips, consent, on_screen

WATCHERS = [
    *("owner", "maatje", "same_school", "no_school", "coach"),
    *("joined_later", "same_school_later", "moved", "came_back", "left"),
    *("other_member", "other_coach", "beheerder", "outsider"),
    *("anonymous", "expert", "own_phone"),
]
"""`maatje` is of another school. `own_phone` is that of the owner, signed out. `moved` and `came_back` were of the
owner's school when it was shared."""
# +  page, picture and film     p  the page, which says how far it is     .  as if it did not exist
TABLE = {
    #                                        o m s n c  j s m c l  o o b o  a e p
    "not shared":                           "+ . . . .  . . . . .  . . . .  . . .",
    "sent in by the maatje":                "+ + . . .  . . . . .  . . . .  . . .",
    "handed over by the maatje":            "+ . . . .  . . . . .  . . . .  . . .",
    "for the maatje, all parents":          "+ + . . .  . . . . .  . . . .  . . .",
    "for the maatje, who no longer is":     "+ . . . .  . . . . .  . . . .  . . .",
    "for the group, parents know":          "+ . + . .  . . . . .  . . . .  . . .",
    "for the group, all parents":           "+ + + + +  . . . . .  . . . .  . . .",
    "for the group, all parents, guests":   "+ + + + +  . . . . .  . . . .  . . .",
    "parents know, then a theme of care":   "+ . . . .  . . . . .  . . . .  . . .",
    "all parents, then a theme of care":    "+ + + + +  . . . . .  . . . .  . . .",
    "a theme of care, all parents":         "+ + + + +  . . . . .  . . . .  . . .",
    "shared by words that ask for less":    "+ . . . .  . . . . .  . . . .  . . .",
    "withdrawn":                            "+ . . . .  . . . . .  . . . .  . . .",
    "an audience without a statement":      "+ . . . .  . . . . .  . . . .  . . .",
    "parents know, then the owner moved":   "+ . . . .  . . . . .  . . . .  . . .",
    "converted anew":                       "p . . . .  . . . . .  . . . .  . . .",
    "failed":                               "p . . . .  . . . . .  . . . .  . . .",
    "erased":                               ". . . . .  . . . . .  . . . .  . . .",
    "of a group that was closed":           "+ . . . .  . . . . .  . . . .  . . .",
    "of an owner who left":                 "+ . . . .  . . . . .  . . . .  . . .",
}  # fmt: skip


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership, maatje: Membership) -> Clip:
    """Sent in by the maatje."""
    return make_clip(participant, uploaded_by=maatje, title="Rekenkring bij het raam")


@pytest.fixture
def into(clip: Clip, participant: Membership, maatje: Membership, coach: Membership) -> Callable[[str], None]:
    """`into("withdrawn")`: the fragment is in that state."""
    actor = participant.user

    def share(audience: str, scope: str, **options: bool) -> None:
        consent.share_clip(actor=actor, clip=clip, audience=audience, scope=scope, **options)

    def care() -> None:
        consent.answer_theme(actor=coach.user, group=participant.group, is_about_care=True)

    def be(**fields: object) -> None:
        Clip.objects.filter(pk=clip.pk).update(**fields)

    def owner(**fields: object) -> None:
        Membership.objects.filter(pk=participant.pk).update(**fields)

    steps: dict[str, list[Callable[[], object]]] = {
        "not shared": [lambda: be(uploaded_by=participant, handed_over_at=timezone.now())],
        "sent in by the maatje": [],
        "handed over by the maatje": [lambda: clips.hand_over_clip(actor=maatje.user, clip=clip)],
        "for the maatje, all parents": [lambda: share("maatje", "all_parents")],
        "for the maatje, who no longer is": [
            lambda: share("maatje", "all_parents"),
            lambda: owner(pair=Pair.objects.create(group=participant.group)),
        ],
        "for the group, parents know": [lambda: share("group", "own_school")],
        "for the group, all parents": [lambda: share("group", "all_parents")],
        "for the group, all parents, guests": [lambda: share("group", "all_parents", includes_guests=True)],
        "parents know, then a theme of care": [lambda: share("group", "own_school"), care],
        "all parents, then a theme of care": [lambda: share("group", "all_parents"), care],
        "a theme of care, all parents": [care, lambda: share("group", "all_parents")],
        "shared by words that ask for less": [lambda: share("group", "all_parents"), release_asks_for_more],
        "withdrawn": [
            lambda: share("group", "all_parents"),
            lambda: consent.withdraw_clip(actor=actor, clip=clip),
        ],
        "an audience without a statement": [lambda: be(audience="group", handed_over_at=timezone.now())],
        "parents know, then the owner moved": [
            lambda: share("group", "own_school"),
            lambda: owner(school=make_school()),
        ],
        "converted anew": [lambda: share("group", "all_parents"), lambda: be(state=Clip.State.CONVERTING)],
        "failed": [lambda: share("group", "all_parents"), lambda: be(state=Clip.State.FAILED)],
        "erased": [
            lambda: share("group", "all_parents"),
            lambda: clips.erase_clip(actor=actor, clip=clip),
        ],
        "of a group that was closed": [
            lambda: share("group", "all_parents"),
            lambda: NetworkGroup.objects.filter(pk=participant.group_id).update(closed_at=timezone.now()),
        ],
        "of an owner who left": [lambda: share("group", "all_parents"), lambda: owner(left=timezone.now())],
    }

    def _into(state: str) -> None:
        for step in steps[state]:
            step()

    return _into


def release_asks_for_more() -> None:
    """What the migration does with the statements of before it."""
    import_module("video_feedback.migrations.0011_ask_consent_anew").ask_anew(apps, None)


@pytest.fixture
def members(
    group: NetworkGroup, participant: Membership, maatje: Membership, coach: Membership
) -> dict[str, Membership]:
    """Everyone who is a member at some time. Who joins later is not there yet."""
    school, later = participant.school, timezone.now()
    return {
        "owner": participant,
        "maatje": maatje,
        "coach": coach,
        "same_school": make_member(group, "Anouk Bosma", school=school),
        "no_school": make_member(group, "Fatima el Idrissi", school=None),
        "moved": make_member(group, "Tom Veenstra", school=school),
        "came_back": make_member(group, "Ruben de Groot", school=school),
        "left": make_member(group, "Sanne Wolters", school=school),
        "joined_later": make_member(group, "Elif Kaya", left=later),
        "same_school_later": make_member(group, "Piet Vos", school=school, left=later),
    }


def some_time_later(members: dict[str, Membership]) -> None:
    """Some came, moved, left and came back."""
    now = timezone.now()
    changes: dict[str, dict[str, Any]] = {
        "moved": {"school": make_school()},
        "left": {"left": now},
        "came_back joined_later same_school_later": {"joined": now, "left": None},
    }
    for names, fields in changes.items():
        Membership.objects.filter(pk__in=[members[name].pk for name in names.split()]).update(**fields)


def test_each_watcher_gets_of_each_state_what_the_table_says(
    clip: Clip,
    into: Callable[[str], None],
    members: dict[str, Membership],
    other_member: Membership,
    other_coach: Membership,
    beheerder: User,
    outsider: User,
    expert_client: Client,
    sign_in: SignIn,
) -> None:
    """One cast for all states: each is undone before the next."""
    people: dict[str, Membership | User] = {**members, "other_member": other_member, "other_coach": other_coach}
    people |= {"beheerder": beheerder, "outsider": outsider}
    browsers = {name: sign_in(person) for name, person in people.items()}
    browsers |= {"anonymous": Client(), "expert": expert_client, "own_phone": own_phone_of(members["owner"].user)}

    found = {}
    for state in TABLE:
        with transaction.atomic():
            into(state)
            some_time_later(members)
            cells = {name: cell(browsers[name], people.get(name), clip) for name in WATCHERS}
            found[state] = cells
            transaction.set_rollback(True)

    for state, row in TABLE.items():
        assert found[state] == dict(zip(WATCHERS, row.split(), strict=True)), state


def cell(browser: Client, person: Membership | User | None, clip: Clip) -> str:
    """What this browser gets of it: all or nothing of what is footage, and never more of the footage than of the page.

    What it does not get is asked of the page's gate itself: an answer 404 takes longer than all of the rest.
    """
    address = {part: reverse(f"video_feedback:{part}", args=[clip.pk]) for part in ("detail", "poster", "film")}
    film = browser.get(address["film"], headers={"Range": "bytes=100-199"})
    b"".join(film)  # A file that is read to its end is closed.
    user = person.user if isinstance(person, Membership) else person
    if user is None or not Clip.objects.visible_to(user).filter(pk=clip.pk).exists():
        assert film.status_code == (404 if user else 302)
        return "."
    page, poster = browser.get(address["detail"]), browser.get(address["poster"])
    b"".join(poster)
    found = (page.status_code, poster.status_code, film.status_code)
    return {(200, 200, 206): "+", (200, 404, 404): "p"}.get(found, str(found))


ON_SCREEN = {
    "not shared": False,
    "for the maatje, all parents": False,
    "for the group, parents know": False,
    "for the group, all parents": True,
    "for the group, all parents, guests": True,
    "parents know, then a theme of care": False,
    "all parents, then a theme of care": True,
    "shared by words that ask for less": False,
    "withdrawn": False,
    "an audience without a statement": False,
    "converted anew": False,
    "erased": False,
    "of a group that was closed": False,
}
"""What plays on the Scherm for the whole room, where no expert may come. The maatje and the coach are there."""


@pytest.fixture
def running(group: NetworkGroup, meeting: Meeting) -> Meeting:
    meeting.state, meeting.started_at = Meeting.State.RUNNING, timezone.now()
    meeting.current_item = make_agenda_item(meeting, AgendaItem.Kind.VIDEO)
    meeting.save()
    return meeting


def plays(clip: Clip, meeting: Meeting, owner: Membership, board: Client) -> bool:
    """Its owner taps; then a digibord of the meeting asks for the film and its picture."""
    with suppress(ValidationError, Http404):
        on_screen.show_clip(actor=owner.user, clip=clip, meeting=meeting)
    codes = {board.get(reverse(f"video_feedback:{part}", args=[clip.pk])).status_code for part in ("film", "poster")}
    assert len(codes) == 1
    return codes == {200}


def test_the_scherm_plays_of_each_state_what_the_table_says(
    clip: Clip, into: Callable[[str], None], running: Meeting, participant: Membership, coach: Membership
) -> None:
    board, found = digibord_of(running, coach), {}
    make_member(participant.group, "Anouk Bosma", school=participant.school)
    for state in ON_SCREEN:
        with transaction.atomic():
            into(state)
            found[state] = plays(clip, running, participant, board)
            transaction.set_rollback(True)

    assert found == ON_SCREEN


def test_what_plays_on_the_scherm_ends_when_the_theme_asks_for_more(
    clip: Clip, running: Meeting, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    Membership.objects.filter(pk__in=[maatje.pk, coach.pk]).update(school=participant.school)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="own_school")
    board, film = digibord_of(running, coach), reverse("video_feedback:film", args=[clip.pk])
    assert plays(clip, running, participant, board)
    assert board.get(film).status_code == 200

    consent.answer_theme(actor=coach.user, group=participant.group, is_about_care=True)

    assert board.get(film).status_code == 404
    assert not plays(clip, running, participant, board)
    with pytest.raises(ValidationError) as caught:
        consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="own_school")
    assert "toestemming van alle ouders nodig" in caught.value.message_dict["scope"][0]
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    assert plays(clip, running, participant, board)


@pytest.mark.parametrize(("includes_guests", "played"), [(False, False), (True, True)])
def test_where_an_expert_may_come_the_statement_names_guests(
    clip: Clip, running: Meeting, participant: Membership, coach: Membership, includes_guests: bool, played: bool
) -> None:
    make_expert_invitation(running)
    consent.share_clip(
        actor=participant.user, clip=clip, audience="group", scope="all_parents", includes_guests=includes_guests
    )

    assert plays(clip, running, participant, digibord_of(running, coach)) is played


@pytest.mark.parametrize("change", ["joined later", "moved", "left and came back"])
def test_the_scherm_waits_for_who_was_not_asked_about(
    change: str, clip: Clip, running: Meeting, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    assert plays(clip, running, participant, digibord_of(running, coach))
    mine = Membership.objects.filter(pk=maatje.pk)
    if change == "joined later":
        make_member(participant.group, "Elif Kaya")
    elif change == "moved":
        mine.update(school=make_school())
    else:
        mine.update(joined=timezone.now() + timedelta(seconds=1))

    assert not plays(clip, running, participant, digibord_of(running, coach))


def test_a_statement_that_stopped_being_enough_is_kept_with_its_end(
    clip: Clip, participant: Membership, coach: Membership, members: dict[str, Membership]
) -> None:
    statement = consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="own_school")

    consent.answer_theme(actor=coach.user, group=participant.group, is_about_care=True)

    statement.refresh_from_db()
    clip.refresh_from_db()
    assert statement.ended_at is not None and clip.asked_anew_at is not None
    assert not ConsentStatement.objects.in_force().exists()
    consent.answer_theme(actor=coach.user, group=participant.group, is_about_care=False)
    assert not ConsentStatement.objects.in_force().exists(), "it does not come back by itself"
