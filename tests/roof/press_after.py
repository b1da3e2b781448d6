"""The presses of what comes after a meeting."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from groups.models import LearningGoal, Membership, Pair
from leervragen.afterwards import OnPaper, Stand, stand_of
from leervragen.models import Leervraag, OutsideMark
from leervragen.services import afterwards, outside
from leervragen.services.afterwards import Agreed, Asked, FromPaper
from meetings.models import (
    Agreement,
    Evaluation,
    FilledIn,
    Handout,
    Keepsake,
    LeadingNote,
    Meeting,
    TeamSharing,
    TeamText,
    Thanks,
    WarmUp,
)
from meetings.services import handouts, keepsakes, leading_notes, sharing, thanking, warming_up
from tests.factories import make_expert_invitation
from video_feedback.models import FilmCycle
from video_feedback.services import cycles

from .press import Cast, Press


def handout(cast: Cast) -> Press:
    key, link = uuid4(), "https://praktijk.example/sheets"
    return Press(
        lambda: handouts.add_handout(actor=cast.coach.user, key=key, meeting=cast.meeting, title="Sheets", link=link),
        lambda: Handout.objects.count(),
        1,
    )


def from_paper(cast: Cast) -> Press:
    Meeting.objects.filter(pk=cast.meeting.pk).update(starts_at=timezone.now() - timedelta(days=1))
    strip = Leervraag.objects.create(meeting=cast.meeting, author=cast.participant, text="Hoe?")
    key, stand = uuid4(), stand_of(cast.meeting, [strip])
    there = frozenset([cast.participant.pk])
    typed = FromPaper(
        Stand(there, {strip.pk: OnPaper.typed("3", "answered", "Zo.")}),
        [Asked(uuid4(), cast.participant, "En thuis?")],
        [Agreed("Koffie", None)],
        ["Korter"],
    )
    return Press(
        lambda: afterwards.fill_in(
            actor=cast.coach.user, meeting=cast.meeting, key=key, version=stand.version, typed=typed
        ),
        lambda: (
            Meeting.objects.get(pk=cast.meeting.pk).state,
            Leervraag.objects.count(),
            Agreement.objects.count(),
            FilledIn.objects.count(),
        ),
        ("ended", 2, 1, 1),
    )


def thanked(cast: Cast) -> Press:
    Meeting.objects.filter(pk=cast.meeting.pk).update(state="ended")
    invitation = make_expert_invitation(cast.meeting, answer="yes")
    return Press(
        lambda: thanking.thank_expert(actor=cast.coach.user, invitation=invitation, text="Dank je wel!"),
        lambda: Thanks.objects.count(),
        1,
        {invitation.expert.email},
    )


def shared_with_team(cast: Cast) -> Press:
    key, today = uuid4(), timezone.localdate()
    return Press(
        lambda: sharing.add_sharing(
            actor=cast.participant.user,
            key=key,
            member=cast.participant,
            meeting=cast.meeting,
            form="talk",
            words="",
            shared_on=today,
        ),
        lambda: TeamSharing.objects.count(),
        1,
    )


def text_for_team(cast: Cast) -> Press:
    version = TeamText().version
    return Press(
        lambda: sharing.save_text(
            actor=cast.participant.user,
            member=cast.participant,
            meeting=cast.meeting,
            page="Wacht.",
            sentences="",
            version=version,
            proposed=version,
        ),
        lambda: TeamText.objects.count(),
        1,
    )


def outside_mark(cast: Cast) -> Press:
    agreement = Agreement.objects.create(meeting=cast.meeting, text="Koffie")
    return Press(
        lambda: outside.mark_agreement(actor=cast.coach.user, agreement=agreement, outside=True),
        lambda: OutsideMark.objects.count(),
        1,
    )


def _closing(cast: Cast) -> Meeting:
    Meeting.objects.filter(pk=cast.meeting.pk).update(kind=Meeting.Kind.CLOSING, state=Meeting.State.ENDED)
    return Meeting.objects.get(pk=cast.meeting.pk)


def cards_dealt(cast: Cast) -> Press:
    closing = _closing(cast)
    return Press(
        lambda: keepsakes.deal_keepsakes(actor=cast.participant.user, meeting=closing),
        lambda: (Keepsake.objects.count(), Keepsake.objects.values("receiver").distinct().count()),
        (3, 3),
    )


def card_given(cast: Cast) -> Press:
    card = Keepsake.objects.create(meeting=_closing(cast), giver=cast.participant, receiver=cast.maatje)
    return Press(
        lambda: keepsakes.give_keepsake(
            actor=cast.participant.user, keepsake=card, text="Je geduld.", version=card.version
        ),
        lambda: list(Keepsake.objects.filter(given_at__isnull=False).values_list("text", flat=True)),
        ["Je geduld."],
    )


def two_lines(cast: Cast) -> Press:
    warming_up.ask_first(actor=cast.coach.user, meeting=cast.meeting, asked=True)
    version = WarmUp().version
    return Press(
        lambda: warming_up.save_warm_up(
            actor=cast.participant.user,
            meeting=cast.meeting,
            member=cast.participant,
            went_well="De rust",
            otherwise="Korter",
            version=version,
        ),
        lambda: list(WarmUp.objects.values_list("went_well", "otherwise")),
        [("De rust", "Korter")],
    )


def two_lines_asked(cast: Cast) -> Press:
    return Press(
        lambda: warming_up.ask_first(actor=cast.coach.user, meeting=cast.meeting, asked=True),
        lambda: list(Evaluation.objects.values_list("asks_first", flat=True)),
        [True],
    )


def note_of_leading(cast: Cast) -> Press:
    key = uuid4()
    return Press(
        lambda: leading_notes.jot_down(
            actor=cast.coach.user, key=key, meeting=cast.meeting, writer=cast.coach, text="Tom is laat"
        ),
        lambda: LeadingNote.objects.count(),
        1,
    )


def film_round(cast: Cast) -> Press:
    key, at = uuid4(), timezone.now() + timedelta(days=3)
    Membership.objects.filter(pk__in=[cast.participant.pk, cast.maatje.pk]).update(
        pair=Pair.objects.create(group=cast.group)
    )
    cast.participant.refresh_from_db()
    return Press(
        lambda: cycles.begin_cycle(
            actor=cast.participant.user, key=key, owner=cast.participant, goal="Ik wacht drie tellen.", at=at
        ),
        lambda: (FilmCycle.objects.count(), LearningGoal.objects.count()),
        (1, 1),
        {cast.maatje.user.email},
    )


AFTER: list[Callable[[Cast], Press]] = [
    handout,
    from_paper,
    thanked,
    shared_with_team,
    text_for_team,
    outside_mark,
    cards_dealt,
    card_given,
    two_lines,
    two_lines_asked,
    note_of_leading,
    film_round,
]
