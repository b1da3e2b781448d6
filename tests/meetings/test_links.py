"""A link is as long as it is: what Outlook's Safe Links make of one to Teams passes every limit that was thought of."""

from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from groups.models import LINK, Membership
from meetings.models import ExpertInvitation, Meeting
from tests.types import OnCommit, SignIn

START = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup&data=05%7C"


def link_of(length: int) -> str:
    return START + "a" * (length - len(START))


@pytest.mark.parametrize("length", [760, LINK])
def test_a_long_link_arrives_whole(
    length: int,
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    link = link_of(length)
    with django_capture_on_commit_callbacks(execute=True):
        fields = {"online_url": f" {link}\u200b\n", "version": meeting.version}
        answer = sign_in(coach).post(reverse("meetings:edit", args=[meeting.pk]), fields)

    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.online_url == link
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        arrived = message_from_bytes(message.message().as_bytes(), policy=policy.default)
        parts = {part.get_content_type(): part for part in arrived.walk() if not part.is_multipart()}
        assert link in parts["text/plain"].get_content()
        assert f'href="{link.replace("&", "&amp;")}"' in parts["text/html"].get_content()
        (event,) = Calendar.from_ical(parts["text/calendar"].get_content()).walk("VEVENT")
        assert link in str(event["DESCRIPTION"])
    page = sign_in(participant).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert f'href="{link.replace("&", "&amp;")}"' in page


def test_a_longer_one_is_refused_in_words_and_stays_whole(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    link = link_of(LINK + 1)
    answer = sign_in(coach).post(reverse("meetings:edit", args=[meeting.pk]), {"online_url": link})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Deze link heeft 2049 tekens, en er passen er 2048. Vraag een kortere link." in shown
    assert "geen link" not in shown
    assert link.replace("&", "&amp;") in shown
    meeting.refresh_from_db()
    assert meeting.online_url == ""


def test_what_word_and_a_pdf_leave_in_a_text_reaches_no_calendar(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    sent = {"version": meeting.version, "place": "Lokaal\v12\x02\r\nboven\x00", "topic": "Rust\vin de klas\x02"}
    sign_in(coach).post(reverse("meetings:edit", args=[meeting.pk]), sent)
    meeting = Meeting.objects.with_facts().get(pk=meeting.pk)
    assert (meeting.place, meeting.title) == ("Lokaal 12 boven", "Rust in de klas")
    calendar = sign_in(coach).get(reverse("meetings:calendar", args=[meeting.pk])).content
    assert not {byte for byte in calendar if byte < 32} - {10, 13}
