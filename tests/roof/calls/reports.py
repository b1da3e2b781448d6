"""How each service of reports is called."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from reports.models import LinesTalk, StorySheet
from reports.services import editions, exports, interviews, lines, stories

from ..scene import Scene

CALLS: dict[str, Callable[[Scene], Any]] = {
    "reports.exports.order_export": lambda on: exports.order_export(
        actor=on.coach.user,
        group=on.group,
        key=uuid4(),
        version=on.export.version,
        quote="Tel tot drie.",
        quoted="",
        going_on="",
    ),
    "reports.exports.retry_export": lambda on: exports.retry_export(actor=on.coach.user, export=on.export),
    "reports.exports.withdraw_member": lambda on: exports.withdraw_member(member=on.participant),
    "reports.exports.withdraw_exports": lambda on: exports.withdraw_exports(group=on.group),
    "reports.editions.order_papers": lambda on: editions.order_papers(
        actor=on.coach.user, group=on.group, meeting=on.meeting, key=uuid4(), sheets=["run_sheet", "agenda"]
    ),
    "reports.editions.order_for_me": lambda on: editions.order_for_me(
        actor=on.participant.user, group=on.group, key=uuid4(), kind="own"
    ),
    "reports.editions.retry_edition": lambda on: editions.retry_edition(actor=on.participant.user, edition=on.edition),
    "reports.editions.wish_pack_mail": lambda on: editions.wish_pack_mail(
        actor=on.coach.user, group=on.group, wished=True
    ),
    "reports.editions.withdraw_editions": lambda on: editions.withdraw_editions(group=on.group),
    "reports.editions.withdraw_papers": lambda on: editions.withdraw_papers(meeting=on.meeting),
    "reports.interviews.save_protocol": lambda on: interviews.save_protocol(
        actor=on.coach.user, group=on.group, parts=["A"], part_a_before=True, theme="", has_clock=True, version=""
    ),
    "reports.interviews.save_script": lambda on: interviews.save_script(
        actor=on.coach.user,
        group=on.group,
        script=[{"code": "A", "question": "Wat?", "follow_ups": [], "minutes": 5}],
    ),
    "reports.interviews.make_interviews": lambda on: interviews.make_interviews(actor=on.coach.user, group=on.group),
    "reports.interviews.change_interviewer": lambda on: interviews.change_interviewer(
        actor=on.coach.user, interview=on.interview, interviewer=on.colleague
    ),
    "reports.interviews.forget_interviewer": lambda on: interviews.forget_interviewer(member=on.colleague),
    "reports.interviews.save_note": lambda on: interviews.save_note(
        actor=on.maatje.user, interview=on.interview, part="A", text="Rust", activities="", version=on.note.version
    ),
    "reports.interviews.start_part": lambda on: interviews.start_part(
        actor=on.maatje.user, interview=on.interview, part="B1"
    ),
    "reports.interviews.skip_part": lambda on: interviews.skip_part(
        actor=on.maatje.user, interview=on.interview, part="B1"
    ),
    "reports.lines.save_line": lambda on: lines.save_line(
        actor=on.participant.user,
        member=on.participant,
        points={on.moment.pk: lines.DrawnPoint(50, "Toen"), on.meeting.pk: lines.DrawnPoint(None)},
    ),
    "reports.lines.become_scribe_of_lines": lambda on: lines.become_scribe_of_lines(
        actor=on.participant.user, group=on.group
    ),
    "reports.lines.save_talk": lambda on: lines.save_talk(
        actor=on.participant.user,
        group=on.group,
        seen="Twee stijgen.",
        meaning="",
        what_now="",
        version=LinesTalk().version,
    ),
    "reports.lines.share_line": lambda on: lines.share_line(actor=on.participant.user, graph=on.line, shared=True),
    "reports.lines.add_moment": lambda on: lines.add_moment(
        actor=on.coach.user, group=on.group, key=uuid4(), kind="other", label="Studiedag", after=on.meeting
    ),
    "reports.lines.remove_moment": lambda on: lines.remove_moment(actor=on.coach.user, moment=on.moment),
    "reports.lines.show_moment": lambda on: lines.show_moment(actor=on.coach.user, moment=on.moment, shown=False),
    "reports.stories.save_story": lambda on: stories.save_story(
        actor=on.participant.user, teller=on.participant, text="Anders", decision="pdf", version=on.story.version
    ),
    "reports.stories.keep_story_typed": lambda on: stories.keep_story_typed(
        actor=on.participant.user, teller=on.participant, text="Anders", version=on.story.version
    ),
    "reports.stories.keep_sheet": lambda on: stories.keep_sheet(
        actor=on.participant.user, teller=on.participant, photo=ContentFile(b"webp", name="a.webp")
    ),
    "reports.stories.erase_sheet": lambda on: stories.erase_sheet(actor=on.participant.user, teller=on.participant),
    "reports.stories.erase_sheets": lambda _on: stories.erase_sheets(sheets=StorySheet.objects.all()),
    "reports.stories.erase_old_sheets": lambda _on: stories.erase_old_sheets(),
    "reports.stories.take_story_back": lambda on: stories.take_story_back(actor=on.participant.user, story=on.story),
}
