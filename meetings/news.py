"""Which news a mail with the facts of meetings carries: as it is written, as it is read, and what others leave of it.

Such mails go to a member (kind `FACTS_MAIL`, about the membership) and to the expert (`EXPERT_INVITATION`, about the
invitation). Each is rendered when it goes out, with the facts of that moment. So of two that wait only the later one is
needed, and what the earlier one had to tell may not be lost with it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from netwerkleren.base.models import OutgoingMail

from .models import Meeting

FACTS_MAIL = "meetings.facts"
EXPERT_INVITATION = "meetings.expert_invitation"
EXPERT_THANKS = "meetings.expert_thanks"


@dataclass(frozen=True)
class News:
    """What one mail was written for: its meetings by id, each with the sequence that its facts had.

    `is_change`: the reader was told of them before; `changed` names the fields, for whom it names them. The meetings in
    `undated` had a date that was taken back.
    """

    meetings: Mapping[str, int]
    is_change: bool
    changed: tuple[str, ...]
    undated: tuple[str, ...]

    @classmethod
    def of(
        cls,
        meetings: Iterable[Meeting],
        *,
        is_change: bool,
        changed: Iterable[str] = (),
        undated: Collection[Meeting] = (),
    ) -> "News":
        return cls(
            {str(meeting.pk): meeting.ics_sequence for meeting in meetings},
            is_change,
            tuple(changed),
            tuple(str(meeting.pk) for meeting in undated),
        )

    @classmethod
    def carried_by(cls, mail: OutgoingMail) -> "News":
        values = mail.values
        return cls(values["meetings"], values["is_change"], tuple(values["changed"]), tuple(values["undated"]))

    def as_values(self) -> dict[str, Any]:
        """For `queue_mail()`."""
        return {
            "meetings": self.meetings,
            "is_change": self.is_change,
            "changed": self.changed,
            "undated": self.undated,
        }


@dataclass(frozen=True)
class Told:
    """What a mail tells when it goes out, beside the others of its kind to the same reader.

    `meetings` are those of which no later mail tells. `news` is its own, and then that of mails that never went out and
    that no other told: it takes their place. `has_begun`: one went out.
    """

    meetings: frozenset[str]
    news: tuple[News, ...]
    has_begun: bool

    @property
    def changed(self) -> list[str]:
        return sorted({name for each in self.news for name in each.changed})

    @property
    def undated(self) -> frozenset[str]:
        return frozenset(pk for each in self.news for pk in each.undated)

    @property
    def is_superfluous(self) -> bool:
        """Later mails tell all of it. The oldest rows do not say of which meeting they tell, so none replaces those."""
        return bool(self.news[0].meetings) and not self.meetings

    @property
    def is_change_for_member(self) -> bool:
        """Dates that never arrived are no change: with them among it, it reads as the dates."""
        return all(each.is_change for each in self.news)

    @property
    def is_change_for_expert(self) -> bool:
        """As long as nothing went out, the next mail is the question."""
        return self.news[0].is_change and self.has_begun


def told_by(mail: OutgoingMail) -> Told:
    own = News.carried_by(mail)
    same_reader = OutgoingMail.objects.filter(kind=mail.kind, about=mail.about)
    others = [(other.status, News.carried_by(other)) for other in same_reader.exclude(pk=mail.pk)]
    sent = [news for status, news in others if status == OutgoingMail.Status.SENT]

    def is_lost(news: News) -> bool:
        return any(_latest(pk, sent) < news.meetings.get(pk, NEVER) < sequence for pk, sequence in own.meetings.items())

    told_later = {pk for pk, sequence in own.meetings.items() if _latest(pk, (news for _, news in others)) > sequence}
    return Told(
        frozenset(own.meetings.keys() - told_later),
        (own, *(news for _, news in others if is_lost(news))),
        has_begun=bool(sent),
    )


NEVER = -1
"""Below every sequence."""


def _latest(pk: str, told: Iterable[News]) -> int:
    """The last sequence of this meeting that one of these tells."""
    return max((news.meetings.get(pk, NEVER) for news in told), default=NEVER)
