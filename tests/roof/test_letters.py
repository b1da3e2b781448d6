"""Every letter of the portal, as it goes out: who reads the HTML finds the same links as who reads the text."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail as outbox_module
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from groups.addresses import Address
from groups.models import FactorReset, Membership, User
from groups.services import closing, coaching, factor_resets, inviting, own_address, trial_mail
from leervragen.models import Leervraag
from leervragen.services import mailing
from meetings.models import Attendance, ExpertInvitation, Meeting
from meetings.services import changing, day_leading, experts, placing, reminders, thanking
from netwerkleren.base import mail
from netwerkleren.base.models import OutgoingMail
from reports.models import Edition, Export, Interview, Protocol
from tests.types import OnCommit
from video_feedback.models import Clip, ErasureNotice, Feedback
from video_feedback.retention import keeping_of
from video_feedback.services import clips, consent, cycles

LINK = re.compile(r"https?://[^\s\"'<>]+")


@pytest.fixture
def letters(
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
    beheerder: User,
    django_capture_on_commit_callbacks: OnCommit,
) -> list[EmailMultiAlternatives]:
    """One of each kind at least, sent by what sends it in real life."""
    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite_coach(actor=beheerder, email="nieuwe.coach@school.example")
        inviting.invite_people(
            actor=coach.user, group=coach.group, people=[Address("anna@school.example", "Anna de Vries")]
        )
        changing.change_meeting(actor=coach.user, meeting=meeting, online_url="https://bellen.example/groep")
        reminders.remind_now(actor=coach.user, meeting=meeting, field="clip_deadline")
        day_leading.hand_over_day(actor=coach.user, meeting=meeting, membership=participant)
        invitation = experts.invite_expert(
            actor=coach.user, meeting=meeting, name="Ria Post", email="ria@expert.example"
        )
    Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe help ik bij een ruzie?")
    film = {"title": "Kring", "state": Clip.State.READY, "video": "v", "poster": "p", "duration_ms": 1000}
    clip = Clip.objects.create(owner=participant, uploaded_by=participant, **film)
    filmed = Clip.objects.create(owner=participant, uploaded_by=maatje, **film)
    feedback = Feedback.objects.create(clip=clip, giver=maatje, sent_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        experts.answer_invitation(actor=coach.user, invitation=invitation, answer=ExpertInvitation.Answer.YES)
        mailing.send_now(actor=coach.user, meeting=meeting)
        mail.queue_mail("video_feedback.feedback_received", to=participant.user.email, about=feedback.pk)
        Attendance.objects.create(meeting=meeting, membership=participant, status=Attendance.Status.ABSENT)
        mail.queue_mail("meetings.absence", to=coach.user.email, about=participant.pk, meeting=meeting.pk, absent=True)
        clips.hand_over_clip(actor=maatje.user, clip=filmed)
        consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
        cycle = cycles.begin_cycle(
            actor=participant.user, key=uuid4(), owner=participant, goal="Ik wacht drie tellen.", at=timezone.now()
        )
        cycles.ask_coach(actor=maatje.user, cycle=cycle, stuck=True)
        told = mail.queue_mail("video_feedback.erasure", to=participant.user.email, about=participant.pk)
        assert told is not None
        last_day = keeping_of(coach.group).last_day
        ErasureNotice.objects.create(clip=clip, days=14, last_day=last_day, mail=told)
        waiting = own_address.ask_for_address(actor=participant.user, email="marijke@nieuweschool.example")
        trial_mail.send_trial_mail(actor=beheerder)
        factor_resets.invite_anew(actor=beheerder, user=coach.user)
    with django_capture_on_commit_callbacks(execute=True):
        factor_resets.take_off_factors(actor=coach.user, reset=FactorReset.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        own_address.confirm_address(actor=participant.user, address=waiting)
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
        thanking.thank_expert(actor=coach.user, invitation=invitation, text="Dank je wel!")
    with django_capture_on_commit_callbacks(execute=True):
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PLANNED)
        experts.revoke_invitation(actor=coach.user, invitation=invitation)
        changing.cancel_meeting(actor=coach.user, meeting=meeting)
        key, starts_at = uuid4(), timezone.now() + timedelta(days=40)
        extra = placing.add_meeting(actor=coach.user, group=coach.group, key=key, after=meeting.pk, starts_at=starts_at)
        placing.remove_meeting(actor=coach.user, meeting=extra)
        coaching.make_coach(actor=coach.user, membership=maatje)
    with django_capture_on_commit_callbacks(execute=True):
        coaching.step_back(actor=coach.user, membership=coach, leave=False)
        closing.close_group(actor=maatje.user, group=coach.group)
    with django_capture_on_commit_callbacks(execute=True):
        closing.reopen_group(actor=maatje.user, group=coach.group)
    with django_capture_on_commit_callbacks(execute=True):
        group, ready = coach.group, Export.State.READY
        edition = Edition.objects.create(group=group, member=participant, kind="team", state=ready)
        export = Export.objects.create(group=group, made_by=participant.user, state=ready)
        planned = placing.add_meeting(
            actor=maatje.user, group=group, key=uuid4(), after=meeting.pk, starts_at=timezone.now() + timedelta(days=9)
        )
        mail.queue_mail("reports.edition_ready", to=participant.user.email, about=edition.pk)
        mail.queue_mail("reports.export_ready", to=participant.user.email, about=export.pk)
        Protocol.objects.create(group=group, part_a_before=True)
        interview = Interview.objects.create(group=group, teller=participant)
        mail.queue_mail("reports.part_a_before", to=participant.user.email, about=interview.pk)
        mail.queue_mail("reports.pack_tomorrow", to=maatje.user.email, about=maatje.pk, meeting=planned.pk)
    return [letter for letter in outbox_module.outbox if isinstance(letter, EmailMultiAlternatives)]


def test_what_has_a_link_in_the_text_has_it_in_the_html(letters: list[EmailMultiAlternatives]) -> None:
    sent = OutgoingMail.objects.filter(status=OutgoingMail.Status.SENT)
    assert set(sent.values_list("kind", flat=True)) == set(mail.letters)
    assert len(letters) == sent.count()
    missing = {}
    for letter in letters:
        hrefs = set(re.findall(r'href="([^"]+)"', str(letter.alternatives[0][0])))
        if lost := set(LINK.findall(str(letter.body))) - hrefs:
            missing[letter.subject] = lost
    assert missing == {}
