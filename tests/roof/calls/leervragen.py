"""How each service of leervragen is called."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from leervragen.afterwards import OnPaper, Stand, stand_of
from leervragen.board import Block
from leervragen.models import Clarification, PitchNote, StripMove, Tried, WrittenAnswer
from leervragen.services import (
    afterwards,
    answering,
    asking,
    boards,
    choosing,
    clarifying,
    holding,
    laying,
    mailing,
    moves,
    outside,
    parking,
    pitching,
    trying,
    ways,
    writing,
)
from leervragen.services.afterwards import Agreed, Asked, FromPaper
from meetings.models import Meeting

from ..scene import Scene


def _move_and_undo(on: Scene) -> None:
    """What the coach did last on the meetlat, put back."""
    actor = on.coach.user
    laying.lay_strip(actor=actor, strip=on.strip, version=on.strip.version, number=5)
    last = StripMove.objects.filter(meetlat=on.meeting.pk).latest("pk")
    moves.undo_move(actor=actor, meeting=on.meeting, move=last.pk)


def _write(on: Scene) -> None:
    """As every move does: taken under lock, opened again, laid, written back, and recorded."""
    board, strip = boards.take(actor=on.coach.user, strip=on.strip, version=on.strip.version)
    block = board.block_of(strip) or Block([strip])
    found = board.places_of(block.strips)
    boards.reopen(strip=strip)
    board.lay(block, 4)
    boards.write(board=board, meeting=on.meeting, moved=block.strips)
    moves.record_move(actor=on.coach.user, kind=StripMove.Kind.LAID, strip=strip, board=board, found=found)


def _make_group(on: Scene) -> None:
    boards.lock_meetlat(meeting=on.meeting)
    boards.made_group(strip=on.strip, place={"group": uuid4(), "title": "Beginnen"})


def _fill_in(on: Scene) -> Meeting:
    stand = stand_of(on.meeting, [on.strip])
    typed = FromPaper(
        Stand(frozenset([on.participant.pk]), {on.strip.pk: OnPaper.typed("3", "answered", "Zo dus.")}),
        [Asked(uuid4(), on.maatje, "Wat nu?")],
        [Agreed("Koffie", on.maatje)],
        ["Korter"],
    )
    return afterwards.fill_in(actor=on.coach.user, meeting=on.meeting, key=uuid4(), version=stand.version, typed=typed)


CALLS: dict[str, Callable[[Scene], Any]] = {
    "leervragen.afterwards.fill_in": _fill_in,
    "leervragen.outside.mark_answer": lambda on: outside.mark_answer(
        actor=on.participant.user, leervraag=on.strip, outside=True
    ),
    "leervragen.outside.mark_agreement": lambda on: outside.mark_agreement(
        actor=on.participant.user, agreement=on.agreement, outside=True
    ),
    "leervragen.boards.lay_as_on_paper": lambda on: boards.lay_as_on_paper(
        meeting=on.meeting, places={on.strip.pk: "7", on.beside.pk: "parked"}
    ),
    "leervragen.answering.go_to_step": lambda on: answering.go_to_step(
        actor=on.participant.user, meeting=on.meeting, step=2
    ),
    "leervragen.answering.set_minutes": lambda on: answering.set_minutes(
        actor=on.participant.user, meeting=on.meeting, kept_back=8, per_question=None
    ),
    "leervragen.answering.begin_question": lambda on: answering.begin_question(
        actor=on.participant.user, leervraag=on.strip
    ),
    "leervragen.answering.save_answer": lambda on: answering.save_answer(
        actor=on.participant.user, leervraag=on.strip, answer="Zo dus.", version=""
    ),
    "leervragen.answering.end_question": lambda on: answering.end_question(
        actor=on.participant.user, leervraag=on.strip, outcome="moved"
    ),
    "leervragen.answering.answer_and_go_on": lambda on: answering.answer_and_go_on(
        actor=on.participant.user, leervraag=on.strip
    ),
    "leervragen.answering.answer_too": lambda on: answering.answer_too(
        actor=on.participant.user, leervraag=on.strip, other=on.beside
    ),
    "leervragen.answering.round_off": lambda on: answering.round_off(actor=on.coach.user, meeting=on.meeting),
    "leervragen.answering.undo_round_off": lambda on: answering.undo_round_off(actor=on.coach.user, meeting=on.meeting),
    "leervragen.answering.finish_open_questions": lambda on: answering.finish_open_questions(
        actor=on.coach.user, meeting=on.meeting
    ),
    "leervragen.answering.bring_back_moved": lambda on: answering.bring_back_moved(
        actor=on.coach.user, meeting=on.meeting
    ),
    "leervragen.answering.look_back": lambda on: answering.look_back(
        actor=on.participant.user, meeting=on.meeting, went="Goed", keep="", version=""
    ),
    "leervragen.asking.hand_in": lambda on: asking.hand_in(
        actor=on.participant.user, key=uuid4(), meeting=on.meeting, author=on.participant, text="Hoe?", clip=on.clip
    ),
    "leervragen.asking.change_leervraag": lambda on: asking.change_leervraag(
        actor=on.participant.user,
        leervraag=on.strip,
        text="Anders?",
        situation="",
        clip=on.clip,
        version=on.strip.version_of_text,
    ),
    "leervragen.asking.withdraw_leervraag": lambda on: asking.withdraw_leervraag(
        actor=on.participant.user, leervraag=on.strip
    ),
    "leervragen.asking.say_not_this_time": lambda on: asking.say_not_this_time(
        actor=on.colleague.user, meeting=on.meeting
    ),
    "leervragen.choosing.choose_several": lambda on: choosing.choose_several(
        actor=on.participant.user, meeting=on.meeting, chosen=[(on.strip.pk, on.strip.version)], not_today=True
    ),
    "leervragen.choosing.lay_together": lambda on: choosing.lay_together(
        actor=on.participant.user,
        meeting=on.meeting,
        chosen=[(one.pk, one.version) for one in (on.strip, on.beside)],
        number=4,
    ),
    "leervragen.holding.hold_back": lambda on: holding.hold_back(
        actor=on.coach.user, leervraag=on.strip, reason="Er is er maar een met een rolstoel."
    ),
    "leervragen.holding.let_through": lambda on: holding.let_through(actor=on.coach.user, leervraag=on.strip),
    "leervragen.holding.show_earlier": lambda on: holding.show_earlier(leervraag=on.strip),
    "leervragen.holding.withdraw_held_back": lambda on: holding.withdraw_held_back(leervraag=on.strip),
    "leervragen.boards.take": _write,
    "leervragen.boards.reopen": _write,
    "leervragen.boards.write": _write,
    "leervragen.moves.record_move": _write,
    "leervragen.boards.made_group": _make_group,
    "leervragen.boards.touch": lambda on: boards.touch(meeting=on.meeting),
    "leervragen.boards.end_strip": lambda on: boards.end_strip(strip=on.strip, outcome="answered", state="pitch"),
    "leervragen.boards.put_back": lambda on: boards.put_back(meeting=on.meeting, strips=[on.strip]),
    "leervragen.boards.withdraw_strip": lambda on: boards.withdraw_strip(strip=on.strip),
    "leervragen.boards.take_back": lambda on: boards.take_back(strip=on.strip),
    "leervragen.boards.fetch_back": lambda on: boards.fetch_back(strip=on.strip),
    "leervragen.boards.lock_meetlat": lambda on: boards.lock_meetlat(meeting=on.meeting),
    "leervragen.laying.lay_strip": lambda on: laying.lay_strip(
        actor=on.participant.user, strip=on.strip, version=on.strip.version, number=5, before=on.beside
    ),
    "leervragen.laying.nudge_strip": lambda on: laying.nudge_strip(
        actor=on.participant.user, strip=on.strip, version=on.strip.version, by=1
    ),
    "leervragen.laying.put_away": lambda on: laying.put_away(
        actor=on.participant.user, strip=on.strip, version=on.strip.version, state="parked"
    ),
    "leervragen.laying.group_strips": lambda on: laying.group_strips(
        actor=on.participant.user, strip=on.strip, version=on.strip.version, beside=on.beside
    ),
    "leervragen.laying.ungroup_strip": lambda on: laying.ungroup_strip(
        actor=on.participant.user, strip=on.strip, version=on.strip.version
    ),
    "leervragen.moves.undo_move": _move_and_undo,
    "leervragen.moves.forget_moves": lambda on: moves.forget_moves(meeting=on.meeting),
    "leervragen.moves.erase_old_moves": lambda on: moves.erase_old_moves(),
    "leervragen.ways.choose_way": lambda on: ways.choose_way(
        actor=on.coach.user, meeting=on.meeting, way="board", layer=on.maatje
    ),
    "leervragen.laying.name_group": lambda on: laying.name_group(
        actor=on.participant.user, group=on.strip_group, title="Uitleg", version=on.strip_group.version
    ),
    "leervragen.parking.take_up": lambda on: parking.take_up(
        actor=on.participant.user, leervraag=on.strip, meeting=on.meeting
    ),
    "leervragen.parking.let_go": lambda on: parking.let_go(actor=on.participant.user, leervraag=on.strip),
    "leervragen.parking.lay_back": lambda on: parking.lay_back(actor=on.participant.user, leervraag=on.strip),
    "leervragen.pitching.tick_in_pitch": lambda on: pitching.tick_in_pitch(
        actor=on.maatje.user, leervraag=on.strip, word="De timer.", version=PitchNote().version
    ),
    "leervragen.pitching.erase_tick": lambda on: pitching.erase_tick(actor=on.maatje.user, leervraag=on.strip),
    "leervragen.pitching.say_answered": lambda on: pitching.say_answered(
        actor=on.participant.user, leervraag=on.strip, version=on.strip.version
    ),
    "leervragen.pitching.lay_with_the_rest": lambda on: pitching.lay_with_the_rest(
        actor=on.participant.user, leervraag=on.strip, version=on.strip.version
    ),
    "leervragen.trying.tell_tried": lambda on: trying.tell_tried(
        actor=on.participant.user, leervraag=on.strip, happened="Het hielp.", is_shared=True, version=Tried().version
    ),
    "leervragen.trying.answer_not_tried": lambda on: trying.answer_not_tried(
        actor=on.participant.user, leervraag=on.strip, reply="not_yet"
    ),
    "leervragen.writing.write_answer": lambda on: writing.write_answer(
        actor=on.maatje.user, leervraag=on.strip, text="Wacht drie tellen.", version=WrittenAnswer().version
    ),
    "leervragen.clarifying.ask_what_is_meant": lambda on: clarifying.ask_what_is_meant(
        actor=on.maatje.user, key=uuid4(), leervraag=on.strip, text="Bedoel je in de pauze?"
    ),
    "leervragen.clarifying.put_aside": lambda on: clarifying.put_aside(
        actor=on.participant.user, clarification=Clarification(leervraag=on.strip, writer=on.maatje)
    ),
    "leervragen.mailing.send_now": lambda on: mailing.send_now(actor=on.coach.user, meeting=on.meeting),
    "leervragen.mailing.send_parked": lambda on: mailing.send_parked(
        actor=on.coach.user, leervraag=on.strip, invitation=on.expert
    ),
    "leervragen.mailing.send_what_is_due": lambda on: mailing.send_what_is_due(),
}
