"""Every letter of the portal, as it goes out: who reads the HTML finds the same links as who reads the text."""

import re
from typing import Any

import pytest
from django.core import mail as outbox_module
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from groups.addresses import Address
from groups.models import Membership, User
from groups.services import invite_coach, invite_people
from leervragen.models import Leervraag
from leervragen.services import mailing
from meetings.models import ExpertInvitation, Meeting
from meetings.services import answer_invitation, cancel_meeting, change_meeting, invite_expert, revoke_invitation
from netwerkleren.base import mail
from netwerkleren.base.models import OutgoingMail
from video_feedback.models import Clip, ErasureNotice, Feedback
from video_feedback.retention import keeping_of

LINK = re.compile(r"https?://[^\s\"'<>]+")


@pytest.fixture
def letters(
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
    beheerder: User,
    django_capture_on_commit_callbacks: Any,
) -> list[EmailMultiAlternatives]:
    """One of each kind at least, sent by what sends it in real life."""
    with django_capture_on_commit_callbacks(execute=True):
        invite_coach(beheerder, email="nieuwe.coach@school.example")
        invite_people(coach.user, group=coach.group, people=[Address("anna@school.example", "Anna de Vries")])
        change_meeting(coach.user, meeting=meeting, online_url="https://bellen.example/groep")
        invitation = invite_expert(coach.user, meeting=meeting, name="Ria Post", email="ria@expert.example")
    Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe help ik bij een ruzie?")
    film = {"title": "Kring", "state": Clip.State.READY, "video": "v", "poster": "p", "duration_ms": 1000}
    clip = Clip.objects.create(owner=participant, uploaded_by=participant, **film)
    feedback = Feedback.objects.create(clip=clip, giver=maatje, sent_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        answer_invitation(coach.user, invitation=invitation, answer=ExpertInvitation.Answer.YES)
        mailing.send_now(actor=coach.user, meeting=meeting)
        mail.queue_mail("video_feedback.feedback_received", to=participant.user.email, about=feedback.pk)
        told = mail.queue_mail("video_feedback.erasure", to=participant.user.email, about=participant.pk)
        last_day = keeping_of(coach.group).last_day
        ErasureNotice.objects.create(clip=clip, days=14, last_day=last_day, mail=told)
    with django_capture_on_commit_callbacks(execute=True):
        revoke_invitation(coach.user, invitation=invitation)
        cancel_meeting(coach.user, meeting=meeting)
    return list(outbox_module.outbox)


def test_what_has_a_link_in_the_text_has_it_in_the_html(letters: list[EmailMultiAlternatives]) -> None:
    sent = OutgoingMail.objects.filter(status=OutgoingMail.Status.SENT)
    assert set(sent.values_list("kind", flat=True)) == set(mail.letters)
    assert len(letters) == sent.count()
    missing = {}
    for letter in letters:
        hrefs = set(re.findall(r'href="([^"]+)"', str(letter.alternatives[0].content)))
        if lost := set(LINK.findall(str(letter.body))) - hrefs:
            missing[letter.subject] = lost
    assert missing == {}
