"""Mails with calendar items: to whom, how often, and what is in them."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from icalendar import Calendar

from groups.addresses import Address
from groups.models import Membership, NetworkGroup
from groups.points import member_joined
from groups.services import inviting, members, network_groups
from meetings.calendar import REQUEST, calendar_of
from meetings.models import ExpertInvitation, Meeting
from meetings.news import FACTS_MAIL, News
from meetings.services import announcing, changing, experts
from netwerkleren.base.mail import queue_mail, sweep_mail
from tests.factories import local, make_group, make_meeting, make_member
from tests.types import OnCommit

pytestmark = pytest.mark.django_db


def _events(message: EmailMessage) -> list[tuple[str, Any]]:
    """(method, event) of every calendar file of a mail."""
    found = []
    for content, mime_type in ((part[1], part[2]) for part in message.attachments):
        calendar = Calendar.from_ical(content)
        assert mime_type == f"text/calendar; method={calendar['METHOD']}"
        found += [(str(calendar["METHOD"]), event) for event in calendar.walk("VEVENT")]
    return found


def test_a_moved_date_tells_each_member_and_the_expert_once(
    coach: Membership,
    participant: Membership,
    ex_member: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    moved = local(2027, 3, 31, 15, 30)
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=moved)

    people = {coach.user.email, participant.user.email, expert_invitation.expert.email}
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(people)
    for message in mail.outbox:
        ((method, event),) = _events(message)
        assert method == "REQUEST"
        assert event["DTSTART"].dt == moved
        assert event["SEQUENCE"] == 1
        assert event["UID"] == f"{meeting.ics_uid}@127.0.0.1"
        assert str(event["ATTENDEE"]) == f"mailto:{message.to[0]}"
        assert message.reply_to in ([coach.user.email], [])


def test_members_addresses_are_in_no_others_mail(
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, place="Lokaal 3")
    (to_expert,) = [message for message in mail.outbox if message.to == [expert_invitation.expert.email]]
    assert participant.user.email not in str(to_expert.message())


def test_a_deadline_is_no_news_for_the_expert(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, clip_deadline=timezone.now() + timedelta(days=1))
    assert [message.to for message in mail.outbox] == [[coach.user.email]]
    assert "tot wanneer je een fragment plaatst" in str(mail.outbox[0].body)


def test_dates_fixed_together_make_a_mail_each_with_one_event(
    coach: Membership, participant: Membership, group: NetworkGroup, django_capture_on_commit_callbacks: OnCommit
) -> None:
    first, second = (make_meeting(group, starts_at=None, position=position) for position in (1, 2))
    unchanged = make_meeting(group, starts_at=local(2027, 6, 1, 15), position=3, place="De Ark")
    dates = {
        first.pk: changing.Fixed(local(2027, 1, 20, 15, 30), "De Lindenhof"),
        second.pk: changing.Fixed(local(2027, 4, 14, 15, 30)),
        unchanged.pk: changing.Fixed(local(2027, 6, 1, 15), "De Ark"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        changed = changing.record_dates(actor=coach.user, group=group, dates=dates)
    assert changed == [first, second]
    told = [(message.to, [event["DTSTART"].dt for _method, event in _events(message)]) for message in mail.outbox]
    assert sorted(told) == sorted(
        ([member.user.email], [starts_at])
        for member in (coach, participant)
        for starts_at in (local(2027, 1, 20, 15, 30), local(2027, 4, 14, 15, 30))
    )
    first.refresh_from_db()
    assert first.clip_deadline == local(2027, 1, 13, 20)


def test_a_date_taken_back_cancels_the_calendar_item(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=None)
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        ((method, event),) = _events(message)
        assert (method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 1, "CANCELLED")
        assert "De datum volgt." in str(message.body)


def test_cancelled_and_reopened_everyone_is_told_with_a_rising_sequence(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changing.cancel_meeting(actor=coach.user, meeting=meeting)
        changing.cancel_meeting(actor=coach.user, meeting=meeting)
    assert {message.to[0] for message in mail.outbox} == {coach.user.email, expert_invitation.expert.email}
    assert [(method, event["SEQUENCE"]) for message in mail.outbox for method, event in _events(message)] == [
        ("CANCEL", 1),
        ("CANCEL", 1),
    ]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        changing.reopen_meeting(actor=coach.user, meeting=meeting)
    assert {message.to[0] for message in mail.outbox} == {coach.user.email, expert_invitation.expert.email}
    assert [(method, event["SEQUENCE"]) for message in mail.outbox for method, event in _events(message)] == [
        ("REQUEST", 2),
        ("REQUEST", 2),
    ]
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED


def test_a_draft_sends_nothing_and_publishing_sends_what_is_fixed(
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    draft = make_group("Concept", draft=True)
    coach = make_member(draft, coach=True)
    introduction = make_meeting(draft, Meeting.Kind.INTRODUCTION)
    make_meeting(draft, starts_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=introduction, place="De Ark")
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        network_groups.publish_group(actor=coach.user, group=draft)
    (message,) = mail.outbox
    assert [event["LOCATION"] for _method, event in _events(message)] == ["De Ark"]


def test_who_joins_gets_the_dates_that_are_fixed(
    coach: Membership, meeting: Meeting, group: NetworkGroup, django_capture_on_commit_callbacks: OnCommit
) -> None:
    late = make_member(group, "Femke Later")
    with django_capture_on_commit_callbacks(execute=True):
        for reaction in member_joined:
            reaction(late)
    assert [message.to for message in mail.outbox] == [[late.user.email]]
    assert len(_events(mail.outbox[0])) == 1


def test_who_left_before_the_mail_went_gets_none(
    coach: Membership, participant: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, place="Elders")
        Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
    assert [message.to for message in mail.outbox] == [[coach.user.email]]


HOSTILE = 'Lokaal 1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Gratis; \\, "x"'


@pytest.mark.parametrize("field", ["place", "title", "name", "group"])
def test_hostile_text_makes_no_second_event(meeting: Meeting, field: str) -> None:
    if field == "place":
        Meeting.objects.filter(pk=meeting.pk).update(place=HOSTILE[:200])
    if field == "title":
        assert meeting.topic is not None
        meeting.topic.title = HOSTILE
        meeting.topic.save()
    if field == "group":
        meeting.group.name = HOSTILE
        meeting.group.save()
    found = Meeting.objects.with_facts().get(pk=meeting.pk)
    name = HOSTILE if field == "name" else "Lotte"
    content = calendar_of(found, method=REQUEST, name=name, email="lotte@praktijk.example")
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == 1
    assert content.count(b"\r\nBEGIN:VEVENT") == 1
    assert str(events[0]["ATTENDEE"]) == "mailto:lotte@praktijk.example"


@pytest.mark.parametrize(
    ("start", "written"),
    [
        (local(2027, 3, 24, 15, 30), b"DTSTART:20270324T143000Z"),
        (local(2027, 3, 31, 15, 30), b"DTSTART:20270331T133000Z"),
    ],
)
def test_the_hour_is_right_on_both_sides_of_summer_time(group: NetworkGroup, start: datetime, written: bytes) -> None:
    made = make_meeting(group, starts_at=start)
    assert written in calendar_of(Meeting.objects.with_facts().get(pk=made.pk), method=REQUEST)


def test_a_question_to_an_expert_that_waits_survives_a_change_that_is_no_news(
    coach: Membership, meeting: Meeting
) -> None:
    experts.invite_expert(
        actor=coach.user, meeting=meeting, name="Lotte", email="lotte@praktijk.example", message="Fijn!"
    )
    changing.change_meeting(actor=coach.user, meeting=meeting, clip_deadline=timezone.now() + timedelta(days=1))
    sweep_mail()
    (to_expert,) = [message for message in mail.outbox if message.to == ["lotte@praktijk.example"]]
    assert str(to_expert.subject).startswith("Wil je komen als expert?")


def test_the_first_mail_to_an_expert_is_the_question_also_when_facts_changed_before_it_went(
    coach: Membership, meeting: Meeting
) -> None:
    experts.invite_expert(
        actor=coach.user, meeting=meeting, name="Lotte", email="lotte@praktijk.example", message="Fijn!"
    )
    changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark")
    sweep_mail()
    (to_expert,) = [message for message in mail.outbox if message.to == ["lotte@praktijk.example"]]
    assert str(to_expert.subject).startswith("Wil je komen als expert?")
    assert "Fijn!" in str(to_expert.body)
    assert "De Ark" in str(to_expert.body)

    mail.outbox.clear()
    changing.change_meeting(actor=coach.user, meeting=meeting, place="De Lindenhof")
    sweep_mail()
    (to_expert,) = [message for message in mail.outbox if message.to == ["lotte@praktijk.example"]]
    assert str(to_expert.subject).startswith("Gewijzigd:")


def test_an_expert_who_comes_is_asked_whether_the_change_suits(
    coach: Membership, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    asked = "Kun je ook zo komen? Op je eigen pagina kun je je antwoord nog veranderen"
    announcing.mail_expert_again(actor=coach.user, invitation=expert_invitation)
    sweep_mail()
    ExpertInvitation.objects.update(answer=ExpertInvitation.Answer.YES)
    changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=local(2027, 3, 31, 15, 30))
    sweep_mail()
    question, news = [one for one in mail.outbox if one.to == [expert_invitation.expert.email]]
    assert asked not in str(question.body)
    assert asked in str(news.body) and asked in str(news.alternatives[0][0])  # type: ignore[attr-defined]


def test_news_that_waits_survives_an_expert_who_is_taken_back(
    coach: Membership, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=local(2027, 3, 31, 15, 30))
    experts.revoke_invitation(actor=coach.user, invitation=expert_invitation)
    sweep_mail()
    (to_member,) = [message for message in mail.outbox if message.to == [coach.user.email]]
    ((method, event),) = _events(to_member)
    assert (method, event["SEQUENCE"], event["DTSTART"].dt) == ("REQUEST", 2, local(2027, 3, 31, 15, 30))


def test_two_changes_while_the_mail_waits_are_one_mail_that_names_both(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=None)
    changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark")
    sweep_mail()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([coach.user.email, participant.user.email])
    for message in mail.outbox:
        assert "datum en uur" in str(message.body)
        assert "plaats" in str(message.body)
        assert [method for method, _event in _events(message)] == ["CANCEL"]

    mail.outbox.clear()
    changing.change_meeting(actor=coach.user, meeting=meeting, place="De Lindenhof")
    sweep_mail()
    for message in mail.outbox:
        assert "datum en uur" not in str(message.body)
        assert message.attachments == []


def test_news_before_the_dates_went_out_reads_as_the_dates(coach: Membership, meeting: Meeting) -> None:
    announcing.announce_facts(actor=coach.user, meetings=[meeting])
    changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark")
    sweep_mail()
    (message,) = mail.outbox
    assert str(message.subject).startswith("Zet in je agenda:")


def test_what_never_had_a_date_has_no_calendar_item_to_take_back(
    coach: Membership, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None)
    changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark")
    sweep_mail()
    experts.revoke_invitation(actor=coach.user, invitation=expert_invitation)
    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    sweep_mail()
    assert len(mail.outbox) == 4
    assert [message.attachments for message in mail.outbox] == [[]] * 4


def test_dates_fixed_together_name_only_what_changed(coach: Membership, group: NetworkGroup) -> None:
    meeting = make_meeting(group, starts_at=local(2027, 1, 20, 15, 30), place="De Lindenhof")
    changing.record_dates(
        actor=coach.user, group=group, dates={meeting.pk: changing.Fixed(meeting.starts_at, "De Ark")}
    )
    sweep_mail()
    (message,) = mail.outbox
    assert "Er is iets veranderd voor netwerkgroep De Hondsrug: plaats." in str(message.body)


def test_who_comes_back_to_the_group_gets_the_dates_again(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    for _joined in range(2):
        announcing.announce_to_new_member(membership=participant)
    sweep_mail()
    members.remove_member(actor=coach.user, membership=participant)
    (invitation,) = inviting.invite_people(
        actor=coach.user, group=participant.group, people=[Address(participant.user.email, participant.user.name)]
    )
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        inviting.accept_signed_in(actor=participant.user, invitation=invitation)
        back = Membership.objects.get(pk=participant.pk)
        assert back.left is None
        assert timezone.now() - back.joined < timedelta(minutes=1)
        sweep_mail()
    dates = [message for message in mail.outbox if str(message.subject).startswith("Zet in je agenda")]
    assert [message.to for message in dates] == [[participant.user.email]] * 2


def _parts(message: EmailMessage) -> list[tuple[str, str | None, str | None]]:
    """(type, method, file name) of every part of a mail as it goes over the wire, in its order."""
    wire = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    return [(part.get_content_type(), part.get_param("method"), part.get_filename()) for part in wire.walk()]  # type: ignore[misc]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_a_form_of_the_text_and_a_file_too(
    method: str,
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        if method == "REQUEST":
            changing.change_meeting(actor=coach.user, meeting=meeting, place="Café ’t Hoekje")
        else:
            changing.cancel_meeting(actor=coach.user, meeting=meeting)

    assert len(mail.outbox) == 3, "two members and the expert"
    for message in mail.outbox:
        assert _parts(message) == [
            ("multipart/mixed", None, None),
            ("multipart/alternative", None, None),
            ("text/plain", None, None),
            ("text/html", None, None),
            ("text/calendar", method, None),
            ("text/calendar", method, "bijeenkomst-1.ics"),
        ]
        wire = message_from_bytes(message.message().as_bytes(), policy=policy.default)
        shown, file = [part.get_content() for part in wire.walk() if part.get_content_type() == "text/calendar"]
        assert str(shown).splitlines() == str(file).splitlines()
        calendar = Calendar.from_ical(str(shown))
        (event,) = calendar.walk("VEVENT")
        assert (str(calendar["METHOD"]), event["SEQUENCE"]) == (method, 1)
        if method == "REQUEST":
            assert event["LOCATION"] == "Café ’t Hoekje"


def test_a_mail_without_an_item_has_no_form_of_the_text_for_it(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=None, leervraag_deadline=None, clip_deadline=None, feedback_deadline=None
    )
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, place="Lokaal 3")

    assert [kind for kind, _method, _name in _parts(mail.outbox[0])] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_mail_that_waits_with_several_meetings_still_goes_with_a_file_each(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    second = make_meeting(meeting.group, position=2)
    news = News.of([meeting, second], is_change=False)
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail(FACTS_MAIL, to=coach.user.email, about=coach.pk, sender=None, **news.as_values())

    kinds = [(kind, name) for kind, _method, name in _parts(mail.outbox[0]) if not kind.startswith("multipart")]
    assert kinds == [
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", "bijeenkomst-1.ics"),
        ("text/calendar", "bijeenkomst-2.ics"),
    ]


def test_the_first_date_is_no_change(
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=local(2027, 3, 31, 15, 30))

    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects == {
        coach.user.email: "Zet in je agenda: Contact met klasgenoten",
        participant.user.email: "Zet in je agenda: Contact met klasgenoten",
        expert_invitation.expert.email: "Wil je komen als expert? Contact met klasgenoten",
    }
    assert [message for message in mail.outbox if "veranderd" in message.body or "ewijzigd" in message.body] == []
    for message in mail.outbox:
        ((method, event),) = _events(message)
        assert (method, event["DTSTART"].dt) == ("REQUEST", local(2027, 3, 31, 15, 30))

    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=local(2027, 4, 7, 15, 30))
    assert {message.subject for message in mail.outbox} == {"Gewijzigd: Contact met klasgenoten"}


def test_a_first_date_beside_a_changed_place_is_a_date_and_the_place_a_change(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    undated = make_meeting(coach.group, position=2, starts_at=None)
    fixed = {
        meeting.pk: changing.Fixed(meeting.starts_at, "De Ark"),
        undated.pk: changing.Fixed(local(2027, 3, 31, 15, 30), ""),
    }

    with django_capture_on_commit_callbacks(execute=True):
        changing.record_dates(actor=coach.user, group=coach.group, dates=fixed)

    moved, dated = mail.outbox
    assert moved.subject.startswith("Gewijzigd: ")
    assert "plaats" in moved.body and "datum en uur" not in moved.body
    assert dated.subject.startswith("Zet in je agenda: ")
    assert [len(_events(message)) for message in mail.outbox] == [1, 1]


def test_only_first_dates_on_the_page_of_dates_are_dates_and_no_change(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    undated = make_meeting(coach.group, position=2, starts_at=None)
    fixed = {undated.pk: changing.Fixed(local(2027, 3, 31, 15, 30), "De Ark")}

    with django_capture_on_commit_callbacks(execute=True):
        changing.record_dates(actor=coach.user, group=coach.group, dates=fixed)

    assert [message.subject for message in mail.outbox] == ["Zet in je agenda: Bijeenkomst 2"]
