"""What the pages of fragments show: the rows, read in a fixed number of queries, sorted for one reader."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from groups.models import name_columns
from netwerkleren.base.access import Actor

from .film_notes import FilmNotes, film_notes
from .models import Clip, ClipView, ConsentStatement, Feedback, Remark
from .queries import Watcher, watchers_of
from .retention import Keeping, keeping_of
from .rules import is_owner, is_uploader


@dataclass(frozen=True)
class Balance:
    """Tops and tips of one giver, for that giver's eyes only. An agreement of the method (3:1), never a score."""

    tops: int
    tips: int

    @property
    def has_more_tips(self) -> bool:
        return self.tips > self.tops

    @classmethod
    def of(cls, remarks: list[Remark]) -> "Balance":
        kinds = [remark.kind for remark in remarks]
        return cls(tops=kinds.count(Remark.Kind.TOP), tips=kinds.count(Remark.Kind.TIP))


@dataclass(frozen=True)
class OwnerPanel:
    """What only the owner sees: who may watch, by which statement, and who did."""

    watchers: list[Watcher]
    statement: ConsentStatement | None
    views: list[ClipView]

    @property
    def may_watch(self) -> list[str]:
        return [watcher.membership.name for watcher in self.watchers if watcher.may_watch]

    @property
    def not_asked(self) -> list[str]:
        """With whom it is shared, but who joined, moved or became maatje after the statement: asked about anew."""
        if self.statement is None:
            return []
        is_for_all = self.statement.scope == ConsentStatement.Scope.ALL_PARENTS
        asked = [watcher for watcher in self.watchers if is_for_all or watcher.is_same_school]
        return [watcher.membership.name for watcher in asked if watcher.is_invited and not watcher.is_covered]


@dataclass(frozen=True)
class ClipPage:
    """The page of a fragment that is ready, for one reader."""

    clip: Clip
    is_owner: bool
    is_uploader: bool
    draft: list[Remark]
    sent: list[Remark]
    others: list[Remark]
    keeping: Keeping
    owner: OwnerPanel | None = None
    notes: FilmNotes | None = None

    @property
    def own(self) -> list[Remark]:
        """What the reader gave: sent, and in the draft."""
        return [*self.sent, *self.draft]

    @property
    def balance(self) -> Balance:
        return Balance.of(self.own)

    @property
    def markers(self) -> list[Remark]:
        return sorted([*self.own, *self.others], key=lambda remark: remark.start_ms)

    @property
    def may_give(self) -> bool:
        return not self.is_owner

    @property
    def has_new_feedback(self) -> bool:
        """The owner reads some of it for the first time."""
        return self.is_owner and any(remark.feedback.seen_at is None for remark in self.others)

    @property
    def has_hidden_tips(self) -> bool:
        """The owner can open the tips to the others, when there are any."""
        return self.is_owner and any(remark.kind == Remark.Kind.TIP for remark in self.others)


def clip_page(actor: Actor, clip: Clip) -> ClipPage:
    """Of a clip that gate 1 gave to the actor."""
    remarks = list(Remark.objects.on(clip, actor).in_order())
    for remark in remarks:
        remark.feedback.clip = clip  # Their places on the track ask how long it is.
    own = [remark for remark in remarks if remark.feedback.giver.user_id == actor.pk]
    draft = [remark for remark in own if remark.feedback.sent_at is None]
    owns = is_owner(actor, clip)
    return ClipPage(
        clip=clip,
        is_owner=owns,
        is_uploader=is_uploader(actor, clip),
        draft=draft,
        sent=[remark for remark in own if remark.feedback.sent_at is not None],
        others=[remark for remark in remarks if remark not in own],
        keeping=keeping_of(clip.group),
        owner=_owner_panel(clip) if owns else None,
        notes=film_notes(actor, clip),
    )


def _owner_panel(clip: Clip) -> OwnerPanel:
    views = ClipView.objects.filter(clip=clip).select_related("watcher__user")
    named = views.only("last_at", *name_columns("watcher__user"))
    # One at most is in force, so there is no order to ask for.
    in_force = ConsentStatement.objects.in_force().filter(clip=clip).order_by()
    return OwnerPanel(watchers=watchers_of(clip), statement=next(iter(in_force), None), views=list(named))


def clips_for(actor: Actor) -> Any:
    """All fragments that the actor may see, newest first, with what is new about each."""
    own_feedback = Feedback.objects.filter(clip=OuterRef("pk"), giver__user=actor.pk)
    new = Q(feedback__sent_at__isnull=False, feedback__seen_at=None)
    return (
        Clip.objects.visible_to(actor)
        .with_people()
        .select_related("meeting__topic", "upload")
        .defer("captions")
        .annotate(
            new_feedback=Count("feedback", filter=new),
            has_own_draft=Exists(own_feedback.drafts().filter(remarks__isnull=False)),
            has_own_feedback=Exists(own_feedback.sent()),
        )
        .order_by("-created")
    )


def waiting_for_recording_of(actor: Actor) -> list[UUID]:
    """The fragments for which this person may still send a recording: what a device keeps for another is over."""
    waiting = Clip.objects.not_erased().filter(state=Clip.State.UPLOADING, uploaded_by__user=actor.pk)
    return list(waiting.order_by().values_list("pk", flat=True))


def waiting_before(clip: Clip) -> int:
    """How many other fragments are converted first, when nobody else comes: people take turns."""
    in_work = Clip.objects.filter(state=Clip.State.CONVERTING).count()
    waiting: dict[UUID, list[UUID]] = {}
    for pk, user in Clip.objects.in_turn().values_list("pk", "uploaded_by__user"):
        waiting.setdefault(user, []).append(pk)
    own = waiting.get(clip.uploaded_by.user_id, [])
    if clip.pk not in own:
        return in_work
    turn, users = own.index(clip.pk), list(waiting)
    place = users.index(clip.uploaded_by.user_id)
    # Who is before me in the first round has as many turns as I have; who is after me, one less.
    others = [min(len(waiting[user]), turn + (order < place)) for order, user in enumerate(users) if order != place]
    return in_work + turn + sum(others)
