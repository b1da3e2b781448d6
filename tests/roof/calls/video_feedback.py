"""How each service of video_feedback is called."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from video_feedback.models import Debrief, FilmPlan, PracticeTop
from video_feedback.services import (
    captioning,
    clips,
    consent,
    cutting,
    cycles,
    debriefing,
    feedback,
    film_plans,
    observing,
    on_screen,
    practice,
    recordings,
    responding,
    talentmomenten,
    telling,
)

from ..scene import FILM, Scene


def _whole(scene: Scene) -> None:
    file = SimpleUploadedFile("les.mp4", FILM)
    recordings.receive_whole(actor=scene.participant.user, clip=scene.coming, file=file)


CALLS: dict[str, Callable[[Scene], Any]] = {
    "video_feedback.clips.add_clip": lambda on: clips.add_clip(
        actor=on.maatje.user,
        key=uuid4(),
        uploaded_by=on.maatje,
        owner=on.participant,
        title="Kring",
        meeting=on.meeting,
    ),
    "video_feedback.clips.queue_conversion": lambda on: clips.queue_conversion(clip=on.coming),
    "video_feedback.clips.retry_conversion": lambda on: clips.retry_conversion(
        actor=on.participant.user, clip=on.coming
    ),
    "video_feedback.clips.forget_unsent": lambda on: clips.forget_unsent(sender=on.participant),
    "video_feedback.clips.hand_over_clip": lambda on: clips.hand_over_clip(actor=on.participant.user, clip=on.clip),
    "video_feedback.clips.erase_clip": lambda on: clips.erase_clip(actor=on.participant.user, clip=on.clip),
    "video_feedback.consent.share_clip": lambda on: consent.share_clip(
        actor=on.participant.user, clip=on.clip, audience="maatje", scope="all_parents"
    ),
    "video_feedback.consent.answer_theme": lambda on: consent.answer_theme(
        actor=on.coach.user, group=on.group, is_about_care=True
    ),
    "video_feedback.consent.forget_watcher": lambda on: consent.forget_watcher(membership=on.maatje),
    "video_feedback.consent.withdraw_clip": lambda on: consent.withdraw_clip(actor=on.participant.user, clip=on.clip),
    "video_feedback.feedback.add_remark": lambda on: feedback.add_remark(
        actor=on.colleague.user, clip=on.clip, key=uuid4(), kind="top", start=1000, text="Rust"
    ),
    "video_feedback.feedback.remove_remark": lambda on: feedback.remove_remark(actor=on.maatje.user, remark=on.remark),
    "video_feedback.feedback.send_feedback": lambda on: feedback.send_feedback(actor=on.maatje.user, feedback=on.draft),
    "video_feedback.feedback.open_tips": lambda on: feedback.open_tips(
        actor=on.participant.user, clip=on.clip, opened=True
    ),
    "video_feedback.feedback.mark_feedback_seen": lambda on: feedback.mark_feedback_seen(
        actor=on.participant.user, clip=on.clip
    ),
    "video_feedback.feedback.note_view": lambda on: feedback.note_view(
        actor=on.colleague.user, clip=on.clip, watcher=on.colleague
    ),
    "video_feedback.on_screen.allow_on_screen": lambda on: on_screen.allow_on_screen(
        actor=on.participant.user, clip=on.clip, meeting=on.meeting, allowed=True
    ),
    "video_feedback.on_screen.ask_for_clip": lambda on: on_screen.ask_for_clip(
        actor=on.coach.user, clip=on.clip, meeting=on.meeting
    ),
    "video_feedback.on_screen.decline_clip": lambda on: on_screen.decline_clip(
        actor=on.participant.user, clip=on.clip, meeting=on.meeting
    ),
    "video_feedback.on_screen.show_clip": lambda on: on_screen.show_clip(
        actor=on.participant.user, clip=on.clip, meeting=on.meeting
    ),
    "video_feedback.on_screen.play_clip": lambda on: on_screen.play_clip(
        actor=on.participant.user, meeting=on.meeting, playing=False
    ),
    "video_feedback.on_screen.show_talentmoment": lambda on: on_screen.show_talentmoment(
        actor=on.coach.user, talentmoment=on.talentmoment, meeting=on.meeting
    ),
    "video_feedback.on_screen.clear_screen": lambda on: on_screen.clear_screen(actor=on.coach.user, meeting=on.meeting),
    "video_feedback.on_screen.make_way": lambda on: on_screen.make_way(meeting=on.meeting),
    "video_feedback.on_screen.forget_meeting": lambda on: on_screen.forget_meeting(meeting=on.meeting),
    "video_feedback.on_screen.forget_clip": lambda on: on_screen.forget_clip(clip=on.clip),
    "video_feedback.responding.change_remark": lambda on: responding.change_remark(
        actor=on.maatje.user, remark=on.remark, version=on.remark.version, kind="tip", start=2000, text="Kijk rond"
    ),
    "video_feedback.responding.answer_remark": lambda on: responding.answer_remark(
        actor=on.participant.user, remark=on.remark, version=on.remark.version_of_answer, answer="Ik telde."
    ),
    "video_feedback.responding.mark_helpful": lambda on: responding.mark_helpful(
        actor=on.participant.user, clip=on.clip, remark=on.remark, helped=True
    ),
    "video_feedback.captioning.write_captions": lambda on: captioning.write_captions(
        actor=on.participant.user, clip=on.clip, version=on.clip.version_of_captions, captions="0:01 Wat zie je?"
    ),
    "video_feedback.telling.tell_shared": lambda on: telling.tell_shared(clip=on.clip, watchers=[on.maatje]),
    "video_feedback.telling.tell_handed_over": lambda on: telling.tell_handed_over(actor=on.maatje.user, clip=on.clip),
    "video_feedback.recordings.begin_upload": lambda on: recordings.begin_upload(
        actor=on.participant.user, clip=on.coming, length=10
    ),
    "video_feedback.recordings.refuse_at_start": lambda on: recordings.refuse_at_start(
        upload=on.upload, head=b"x" * 64
    ),
    "video_feedback.recordings.finish_upload": lambda on: recordings.finish_upload(
        actor=on.participant.user, upload=on.upload
    ),
    "video_feedback.recordings.cancel_upload": lambda on: recordings.cancel_upload(
        actor=on.participant.user, upload=on.upload
    ),
    "video_feedback.recordings.discard_recording": lambda on: recordings.discard_recording(
        actor=on.participant.user, clip=on.coming
    ),
    "video_feedback.recordings.receive_whole": _whole,
    "video_feedback.cutting.go_on": lambda on: cutting.go_on(upload=on.upload),
    "video_feedback.cutting.choose_piece": lambda on: cutting.choose_piece(
        actor=on.participant.user, clip=on.coming, start=0, end=2000
    ),
    "video_feedback.cutting.forget_uncut": lambda on: cutting.forget_uncut(clip=on.coming),
    "video_feedback.practice.give_practice_top": lambda on: practice.give_practice_top(
        actor=on.maatje.user, membership=on.maatje, start_ms=24_000, text="Je wachtte", version=PracticeTop().version
    ),
    "video_feedback.observing.note_lesson": lambda on: observing.note_lesson(
        actor=on.maatje.user, key=uuid4(), observer=on.maatje, observed=on.participant, kind="top", text="Wachttijd"
    ),
    "video_feedback.observing.line_up": lambda on: observing.line_up(
        actor=on.participant.user, clip=on.clip, note=on.observer_note, moment=1000
    ),
    "video_feedback.observing.erase_note": lambda on: observing.erase_note(
        actor=on.participant.user, note=on.observer_note
    ),
    "video_feedback.observing.forget_old_notes": lambda on: observing.forget_old_notes(),
    "video_feedback.talentmomenten.note_talentmoment": lambda on: talentmomenten.note_talentmoment(
        actor=on.maatje.user, key=uuid4(), author=on.maatje, text="Ze telde verder.", clip=on.clip
    ),
    "video_feedback.talentmomenten.show_clip_on_wall": lambda on: talentmomenten.show_clip_on_wall(
        actor=on.participant.user, talentmoment=on.talentmoment, shown=False
    ),
    "video_feedback.talentmomenten.erase_talentmoment": lambda on: talentmomenten.erase_talentmoment(
        actor=on.participant.user, talentmoment=on.talentmoment
    ),
    "video_feedback.cycles.begin_cycle": lambda on: cycles.begin_cycle(
        actor=on.maatje.user, key=uuid4(), owner=on.maatje, goal="Ik wacht drie tellen.", at=timezone.now()
    ),
    "video_feedback.cycles.change_cycle": lambda on: cycles.change_cycle(
        actor=on.participant.user,
        cycle=on.cycle,
        version=on.cycle.version,
        goal="Ik stel één open vraag.",
        shows="talk",
        filmed_by="stand",
        at=None,
        room="lokaal 12",
    ),
    "video_feedback.cycles.take_step": lambda on: cycles.take_step(
        actor=on.maatje.user, cycle=on.cycle, step="adjust", how="skipped"
    ),
    "video_feedback.cycles.adjust_goal": lambda on: cycles.adjust_goal(
        actor=on.participant.user, cycle=on.cycle, text="Ik wacht vijf tellen."
    ),
    "video_feedback.cycles.put_clip": lambda on: cycles.put_clip(
        actor=on.maatje.user, cycle=on.cycle, clip=on.clip, belongs=True
    ),
    "video_feedback.cycles.ask_coach": lambda on: cycles.ask_coach(actor=on.maatje.user, cycle=on.cycle, stuck=True),
    "video_feedback.debriefing.write_debrief": lambda on: debriefing.write_debrief(
        actor=on.maatje.user, cycle=on.cycle, version=Debrief().version, tops="Je wachtte."
    ),
    "video_feedback.film_plans.change_film_plan": lambda on: film_plans.change_film_plan(
        actor=on.coach.user, group=on.group, version=FilmPlan().version, dropped=["film"], words={"talk": "Bel elkaar."}
    ),
}
