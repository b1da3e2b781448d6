"""Mail from before the upgrade, in which every value was text: it goes out as it would have, and not twice."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core import mail as outbox_module
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from groups.models import Invitation, Membership
from leervragen.models import Leervraag, Mailing
from meetings.models import ExpertInvitation, Meeting
from meetings.services import announcing
from netwerkleren.base.mail import sweep_mail
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.templatetags.ui import long_date
from tests.factories import make_expert_invitation, make_meeting
from video_feedback.models import Clip, ErasureNotice, Feedback
from video_feedback.retention import keeping_of

pytestmark = pytest.mark.on_postgresql

BEFORE = ("base", "0003_audit_columns_in_dutch")
Migrate = Callable[..., Any]


@pytest.fixture
def migrate(transactional_db: None) -> Any:
    """Brings the database to the state before the upgrade or, called without one, to today's."""

    def _migrate(*targets: tuple[str, str]) -> Any:
        executor = MigrationExecutor(connection)
        goals = list(targets) or executor.loader.graph.leaf_nodes()
        return executor.migrate(goals).apps.get_model("base", "OutgoingMail")

    yield _migrate
    _migrate()


def _write(old: Any, kind: str, object_ids: dict[str, Any], **fields: Any) -> UUID:
    """A row as the portal wrote it then."""
    as_text = {name: str(value) for name, value in object_ids.items()}
    row = old.objects.create(kind=kind, recipient="marijke@school.example", object_ids=as_text, **fields)
    return UUID(str(row.pk))


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_every_kind_that_waits_in_the_old_form_goes_out(
    migrate: Migrate, coach: Membership, participant: Membership, maatje: Membership, meeting: Meeting
) -> None:
    invitation = Invitation.objects.create(group=coach.group, email="anna@school.example", invited_by=coach.user)
    expert = make_expert_invitation(meeting, answer=ExpertInvitation.Answer.YES)
    off = make_meeting(coach.group, position=2, state=Meeting.State.CANCELLED)
    expert_of_off = make_expert_invitation(off)
    question = Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe help ik bij een ruzie?")
    mailing = Mailing.objects.create(invitation=expert, kind=Mailing.Kind.FIRST)
    mailing.leervragen.add(question)
    film = {"title": "Kring", "state": Clip.State.READY, "video": "v", "poster": "p", "duration_ms": 1000}
    clip = Clip.objects.create(owner=participant, uploaded_by=participant, **film)
    feedback = Feedback.objects.create(clip=clip, giver=maatje, sent_at=timezone.now())
    member = {"membership": participant.pk, "sender": coach.user.pk}
    first, second = f"{meeting.pk}:1", f"{meeting.pk}:2"

    old = migrate(BEFORE)
    _write(old, "meetings.facts", {**member, "meetings": first, "changed": "starts_at", "undated": ""}, status="failed")
    _write(
        old,
        "meetings.expert_invitation",
        {"invitation": expert.pk, "meetings": first, "news": 0, "undated": 0},
        status="sent",
    )
    forms: dict[str, dict[str, Any]] = {
        "groups.invitation": {"invitation": invitation.pk},
        "meetings.facts": {**member, "meetings": second, "changed": "place,topic", "undated": ""},
        "meetings.cancelled": {**member, "meeting": off.pk, "sender": ""},
        "meetings.expert_invitation": {"invitation": expert.pk, "meetings": second, "news": 1, "undated": 0},
        "meetings.expert_cancelled": {"invitation": expert_of_off.pk},
        "meetings.expert_answered": {"invitation": expert.pk, "answer": "yes"},
        "leervragen.for_expert": {"mailing": mailing.pk},
        "video_feedback.feedback_received": {"feedback": feedback.pk},
        "video_feedback.erasure": {"owner": participant.pk},
    }
    waiting = {kind: _write(old, kind, object_ids) for kind, object_ids in forms.items()}
    migrate()
    ErasureNotice.objects.create(
        clip=clip, days=14, last_day=keeping_of(coach.group).last_day, mail_id=waiting["video_feedback.erasure"]
    )
    sweep_mail()

    when = long_date(meeting.starts_at)
    sent = {message.extra_headers["Message-ID"].split("@")[0].strip("<"): message for message in outbox_module.outbox}
    assert {kind: sent[str(pk)].subject for kind, pk in waiting.items() if str(pk) in sent} == {
        "groups.invitation": "Doe mee met netwerkgroep De Hondsrug",
        "meetings.facts": "Gewijzigd: Contact met klasgenoten",
        "meetings.cancelled": f"Gaat niet door: {off.title}",
        "meetings.expert_invitation": "Gewijzigd: Contact met klasgenoten",
        "meetings.expert_cancelled": f"Gaat niet door: {off.title}",
        "meetings.expert_answered": "Lotte Meijerink komt: Contact met klasgenoten",
        "leervragen.for_expert": f"Leervragen voor Contact met klasgenoten, {when}, {meeting.place}",
        "video_feedback.feedback_received": "Yusuf stuurde je feedback",
        "video_feedback.erasure": "Binnenkort wissen we je fragmenten in De Hondsrug",
    }
    assert len(sent) == len(waiting)
    facts = sent[str(waiting["meetings.facts"])]
    # The date is what the mail that failed had to tell.
    assert "voor netwerkgroep De Hondsrug: plaats, datum en uur en onderwerp." in str(facts.body)
    assert facts.reply_to == [coach.user.email]
    assert sent[str(waiting["meetings.cancelled"])].reply_to == []


A, B, C = (UUID(int=number) for number in (1, 2, 3))
FORMS: list[tuple[str, dict[str, str], UUID, dict[str, Any]]] = [
    ("groups.invitation", {"invitation": str(A)}, A, {}),
    (
        "meetings.facts",
        {"membership": str(A), "meetings": f"{B}:4,{C}:0", "sender": "", "changed": "", "undated": ""},
        A,
        {"meetings": {str(B): 4, str(C): 0}, "sender": None, "is_change": False, "changed": [], "undated": []},
    ),
    (
        "meetings.facts",
        {"membership": str(A), "meetings": f"{B}:12", "sender": str(C), "changed": "place,topic", "undated": str(B)},
        A,
        {
            "meetings": {str(B): 12},
            "sender": str(C),
            "is_change": True,
            "changed": ["place", "topic"],
            "undated": [str(B)],
        },
    ),
    (
        "meetings.cancelled",
        {"membership": str(A), "meeting": str(B), "sender": str(C)},
        A,
        {"meeting": str(B), "sender": str(C)},
    ),
    (
        "meetings.expert_invitation",
        {"invitation": str(A), "meetings": f"{B}:3", "news": "1", "undated": "1"},
        A,
        {"meetings": {str(B): 3}, "is_change": True, "changed": [], "undated": [str(B)]},
    ),
    (
        "meetings.expert_invitation",
        {"invitation": str(A), "meetings": f"{B}:0", "news": "0", "undated": "0"},
        A,
        {"meetings": {str(B): 0}, "is_change": False, "changed": [], "undated": []},
    ),
    ("meetings.expert_cancelled", {"invitation": str(A)}, A, {}),
    ("meetings.expert_answered", {"invitation": str(A), "answer": "no"}, A, {"answer": "no"}),
    ("leervragen.for_expert", {"mailing": str(A)}, A, {}),
    ("video_feedback.feedback_received", {"feedback": str(A)}, A, {}),
    ("video_feedback.erasure", {"owner": str(A)}, A, {}),
]


@pytest.mark.django_db(transaction=True)
def test_the_old_form_is_read_whole_and_the_way_back_writes_it_again(migrate: Migrate) -> None:
    old = migrate(BEFORE)
    keys = [f"{kind}:{number}" for number, (kind, *_) in enumerate(FORMS)]
    rows = [
        _write(old, kind, object_ids, unique_key=key) for key, (kind, object_ids, *_) in zip(keys, FORMS, strict=True)
    ]

    new = migrate()
    found = {mail.pk: mail for mail in new.objects.all()}
    assert [(found[pk].about, found[pk].values) for pk in rows] == [(about, values) for *_, about, values in FORMS]
    assert [found[pk].unique_key for pk in rows] == keys

    old = migrate(BEFORE)
    assert [old.objects.get(pk=pk).object_ids for pk in rows] == [object_ids for _kind, object_ids, *_ in FORMS]


def test_what_was_mailed_before_the_upgrade_has_the_same_key_after_it(
    coach: Membership, participant: Membership, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    announcing.announce_to_new_member(membership=participant)
    announcing.announce_to_expert(actor=coach.user, meeting=meeting, news=True)
    announcing.announce_cancelled(actor=coach.user, meeting=meeting)
    joined = f"{participant.joined.timestamp():.0f}"
    assert set(OutgoingMail.objects.values_list("unique_key", flat=True)) == {
        f"meetings.facts:{participant.pk}:{joined}:{meeting.pk}:0:1",
        f"meetings.expert_invitation:{expert_invitation.pk}:0",
        f"meetings.cancelled:{meeting.pk}:0:{participant.pk}",
        f"meetings.cancelled:{meeting.pk}:0:{coach.pk}",
        f"meetings.expert_cancelled:{expert_invitation.pk}:0",
    }
