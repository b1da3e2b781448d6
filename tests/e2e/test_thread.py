"""The main job in one walk: a traject from planning to the closing PDF, by people in browsers of their own."""

from pathlib import Path

from tests.e2e import thread_between, thread_closing, thread_meeting, thread_once, thread_start
from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal, SmtpSink

SLOW = {"coach", "marijke", "tom", "expert"}


def test_a_whole_traject(
    portal: Portal, smtp_sink: SmtpSink, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    def person(name: str) -> Person:
        return Person(name, new_context(), watch, portal.url, slow=name in SLOW)

    walk = thread_start.Walk(portal, smtp_sink, person, tmp_path)
    thread_start.plan_the_traject(walk)  # step 1
    thread_start.accept_the_invitations(walk)  # step 2
    thread_start.hold_the_introductie(walk)
    thread_start.choose_maatjes(walk)
    thread_start.invite_the_expert(walk)  # step 3
    thread_meeting.hand_in_leervragen(walk)  # step 4
    thread_between.send_and_share_a_fragment(walk)  # step 8
    thread_between.give_feedback(walk)
    thread_meeting.support_the_question(walk)
    thread_between.note_a_talentmoment(walk)  # step 9
    thread_meeting.lead_the_meeting(walk)  # step 5
    thread_meeting.lay_along_the_meetlat(walk)  # step 6
    thread_meeting.answer_the_leervragen(walk)  # step 7
    thread_meeting.look_back_and_end(walk)  # step 10
    thread_closing.interview_each_other(walk)  # step 11
    thread_closing.draw_the_lines(walk)
    thread_closing.export_the_pdf(walk)  # step 12
    thread_once.nothing_is_there_twice(walk)
    assert loaded_by_web(portal) == []


def loaded_by_web(portal: Portal) -> list[str]:
    """What makes PDFs, in the processes that served all of this: Pango is WeasyPrint's, ft2font matplotlib's."""
    web = [pid for pid, role in portal.processes.items() if role == "granian worker"]
    assert web
    maps = "".join(Path(f"/proc/{pid}/maps").read_text() for pid in web)
    return [library for library in ("libpango", "ft2font") if library in maps]
