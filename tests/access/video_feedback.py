"""Fragments, their feedback and the way in of a recording. The clip is shared with the group, and so is its remark."""

import pytest
from django.utils import timezone

from groups.models import Membership
from meetings.models import Meeting
from tests.access.table import (
    COACH,
    LEADERS,
    MEMBERS,
    PARTICIPANT,
    SIGNED_OUT,
    STRANGERS,
    Codes,
    Objects,
    Row,
    deelnemers,
    open_to_all,
    posts,
    refuses,
    with_account,
)
from tests.tus import CUT
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, Feedback, FilmCycle, ObserverNote, Remark, Talentmoment
from video_feedback.services import consent, recordings

OWNER_ONLY: Codes = {**STRANGERS, "participant": 200, "maatje": 404, "colleague": 404, "day_leader": 404, "coach": 404}
"""Only its owner knows that it is there."""
PAIR: Codes = {**OWNER_ONLY, "maatje": 200}
"""The round of a pair: theirs alone, and not the coach's."""
DEELNEMER: Codes = {**STRANGERS, **deelnemers(200), "coach": 403}
NOTES_OWNER: Codes = {**OWNER_ONLY, "participant": 302}
OTHERS: Codes = {**MEMBERS, "participant": 403}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "10", **CUT}

ROWS = [
    Row("get", "video_feedback:overview", with_account(200)),
    Row("get", "video_feedback:practice_filming", with_account(200)),
    Row("get", "video_feedback:practice", MEMBERS, "group"),
    Row("post", "video_feedback:practice", refuses(MEMBERS), "group"),
    Row("get", "video_feedback:add_clip", with_account(200)),
    Row("get", "video_feedback:care_theme", COACH, "group"),
    Row("post", "video_feedback:care_theme", posts(COACH), "group", {"about_care": "1"}),
    Row("get", "video_feedback:talentmomenten", {**with_account(200), "own_phone": 200}),
    Row("post", "video_feedback:talentmomenten", refuses({**with_account(200), "own_phone": 200})),
    Row("get", "video_feedback:observer_notes", {**with_account(200), "own_phone": 200}),
    Row("post", "video_feedback:observer_notes", refuses({**with_account(200), "own_phone": 200})),
    Row("post", "video_feedback:erase_observer_note", NOTES_OWNER, "observer_note"),
    Row("get", "video_feedback:cold", open_to_all(200)),
    Row("get", "video_feedback:worker", open_to_all(200)),
    Row("get", "video_feedback:detail", MEMBERS, "clip"),
    # A digibord of this meeting, on which nothing plays now: for it there is no film.
    Row("get", "video_feedback:film", {**MEMBERS, "digibord": 404}, "clip"),
    Row("get", "video_feedback:poster", {**MEMBERS, "digibord": 404}, "clip"),
    Row("get", "video_feedback:clip_on_screen", PARTICIPANT, "clip"),
    Row("post", "video_feedback:allow_on_screen", posts(PARTICIPANT), "clip meeting", {"allowed": "1"}),
    Row("post", "video_feedback:ask_for_clip", posts(LEADERS), "clip meeting"),
    Row("post", "video_feedback:decline_clip", posts(PARTICIPANT), "clip meeting"),
    Row("post", "video_feedback:show_clip", posts(PARTICIPANT), "clip meeting"),
    Row("post", "video_feedback:play_clip", posts(MEMBERS), "meeting", {"playing": "1"}),
    Row("post", "video_feedback:clear_screen", posts(MEMBERS), "meeting"),
    Row("post", "video_feedback:show_talentmoment", posts(LEADERS), "talentmoment meeting"),
    # It has its film, so there is nothing to cut: its sender is led to it.
    Row("get", "video_feedback:cut_clip", {**PARTICIPANT, "participant": 302}, "clip"),
    Row("post", "video_feedback:send_recording", refuses(PARTICIPANT), "clip"),
    Row("post", "video_feedback:choose_piece", refuses(PARTICIPANT), "clip"),
    Row("post", "video_feedback:retry", posts(PARTICIPANT), "clip"),
    Row("post", "video_feedback:discard_recording", posts(PARTICIPANT), "clip"),
    Row("post", "video_feedback:hand_over", {**PARTICIPANT, "participant": 403}, "clip"),
    Row("post", "video_feedback:share", refuses(PARTICIPANT), "clip"),
    Row("post", "video_feedback:withdraw", posts(PARTICIPANT), "clip"),
    Row("post", "video_feedback:erase", posts(PARTICIPANT), "clip"),
    Row("post", "video_feedback:open_tips", posts(PARTICIPANT), "clip"),
    Row("post", "video_feedback:add_remark", refuses(OTHERS), "clip"),
    Row("post", "video_feedback:send_feedback", posts(OTHERS), "clip"),
    Row("get", "video_feedback:change_remark", {**OWNER_ONLY, "participant": 404, "maatje": 200}, "remark"),
    Row("post", "video_feedback:change_remark", refuses({**OWNER_ONLY, "participant": 404, "maatje": 200}), "remark"),
    Row("get", "video_feedback:answer_remark", PARTICIPANT, "asked"),
    Row("post", "video_feedback:answer_remark", refuses(PARTICIPANT), "asked"),
    Row("get", "video_feedback:react", PARTICIPANT, "clip"),
    Row("post", "video_feedback:mark_helpful", {**PARTICIPANT, "participant": 404}, "clip"),
    Row("post", "video_feedback:line_up", refuses(OTHERS), "clip"),
    Row("post", "video_feedback:keep_clip", posts(PARTICIPANT), "clip"),
    Row("get", "video_feedback:captions", PARTICIPANT, "clip"),
    Row("post", "video_feedback:captions", refuses(PARTICIPANT), "clip"),
    Row("get", "video_feedback:captions_file", {**MEMBERS, "digibord": 404}, "clip"),
    Row("get", "video_feedback:captions_file", {**OWNER_ONLY, "participant": 404, "digibord": 404}, "private"),
    Row("post", "video_feedback:remove_remark", {**OWNER_ONLY, "participant": 404, "maatje": 302}, "remark"),
    # The clip has its recording, so its owner may send one and cannot.
    Row("post", "video_feedback:begin_upload", {**PARTICIPANT, **SIGNED_OUT, "participant": 409}, "clip", {}, TUS),
    Row("head", "video_feedback:upload", {**OWNER_ONLY, **SIGNED_OUT}, "upload", {}, TUS),
    Row("post", "video_feedback:erase_talentmoment", posts(PARTICIPANT), "talentmoment"),
    Row("post", "video_feedback:show_on_wall", posts(PARTICIPANT), "talentmoment", {"shown": "0"}),
    Row("get", "video_feedback:activation_card", with_account(200)),
    Row("get", "video_feedback:activation_card_pdf", with_account(200)),
    Row("get", "video_feedback:talentmoment_wall", MEMBERS, "meeting"),
    Row("get", "video_feedback:film_cycles", MEMBERS, "group"),
    Row("get", "video_feedback:begin_cycle", DEELNEMER, "group"),
    Row("post", "video_feedback:begin_cycle", refuses(DEELNEMER), "group"),
    Row("get", "video_feedback:film_plan", COACH, "group"),
    Row("post", "video_feedback:film_plan", refuses(COACH), "group"),
    Row("get", "video_feedback:observation_form", MEMBERS, "group"),
    Row("get", "video_feedback:film_cycle", PAIR, "cycle"),
    Row("get", "video_feedback:change_cycle", {**PAIR, "maatje": 403}, "cycle"),
    Row("post", "video_feedback:change_cycle", refuses({**PAIR, "maatje": 403}), "cycle"),
    Row("post", "video_feedback:take_step", posts(PAIR), "cycle", {"step": "film", "how": "done"}),
    Row("post", "video_feedback:put_clip", posts(PAIR), "cycle clip", {"belongs": "1"}),
    Row("get", "video_feedback:debrief", PAIR, "cycle"),
    Row("post", "video_feedback:debrief", refuses(PAIR), "cycle"),
    Row("post", "video_feedback:adjust_goal", refuses({**PAIR, "maatje": 403}), "cycle"),
    Row("post", "video_feedback:ask_coach", posts(PAIR), "cycle", {"stuck": "1"}),
    Row("get", "video_feedback:cycle_calendar", PAIR, "cycle"),
    Row("get", "video_feedback:cycle_pdf", PAIR, "cycle"),
    Row("get", "video_feedback:cycle_form", PAIR, "cycle"),
    # The fragment that was not shared.
    Row("get", "video_feedback:detail", OWNER_ONLY, "private"),
    Row("get", "video_feedback:film", {**OWNER_ONLY, "digibord": 404}, "private"),
    Row("get", "video_feedback:poster", {**OWNER_ONLY, "digibord": 404}, "private"),
    Row("post", "video_feedback:share", refuses(OWNER_ONLY), "private"),
    Row("post", "video_feedback:add_remark", {**OWNER_ONLY, "participant": 403}, "private"),
]


@pytest.fixture
def video_feedback_objects(
    participant: Membership, maatje: Membership, colleague: Membership, coach: Membership, meeting: Meeting
) -> Objects:
    """The clips, the upload and the talentmoment are of `participant`, the remark of `maatje`."""
    clip = make_clip(participant, captions="0:03 Wat zie je?")
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    feedback = Feedback.objects.create(clip=clip, giver=maatje)
    sent = Feedback.objects.create(clip=clip, giver=maatje, sent_at=timezone.now())
    waiting = make_clip(participant, state=Clip.State.UPLOADING)
    return {
        "clip": clip,
        "private": make_clip(participant),
        "remark": Remark.objects.create(feedback=feedback, kind="top", start_ms=1000, text="Mooi"),
        "asked": Remark.objects.create(feedback=sent, kind="vraag", start_ms=1000, text="Wat dacht je?"),
        "upload": recordings.begin_upload(actor=participant.user, clip=waiting, length=10),
        "talentmoment": Talentmoment.objects.create(author=participant, text="Een leerling telde hardop."),
        "observer_note": ObserverNote.objects.create(observer=participant, observed=maatje, seen_at=timezone.now()),
        "cycle": FilmCycle.objects.create(owner=participant, pair=participant.pair, at=timezone.now()),
        "meeting": meeting,
        "group": meeting.group,
    }
