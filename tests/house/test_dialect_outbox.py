"""Which forms wait on a device for a network, and why sending one twice makes one thing; which keep only their text."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FORM = re.compile(r"<form\b(?:\{%.*?%\}|[^>%]|%(?!\}))*>", re.DOTALL)
WAIT = {
    "groups/first_thought.html": "version",
    "groups/_goals.html": "words",
    "groups/goal_form.html": "version, words",
    "groups/group_edit.html": "version",
    "groups/group_agreements.html": "words",
    "leervragen/_ask.html": "key",
    "leervragen/afterwards.html": "version, key",
    "leervragen/answer.html": "version",
    "leervragen/leervraag_add.html": "key",
    "leervragen/clarify.html": "key",
    "leervragen/leervraag_change.html": "version",
    "leervragen/_look_back.html": "version",
    "leervragen/meetlat.html": "key",
    "leervragen/team.html": "version, key",
    "leervragen/_pitch_rows.html": "version",
    "leervragen/_lead_ask.html": "key",
    "leervragen/_lead_question.html": "version",
    "meetings/_lead_agreements.html": "words",
    "meetings/_lead_by_the_way.html": "key, words",
    "meetings/_lead_talk.html": "version, words",
    "meetings/leading_notes.html": "key",
    "leervragen/tried.html": "version",
    "leervragen/write_answer.html": "version",
    "meetings/agendaitem_edit.html": "version",
    "meetings/film_task.html": "version",
    "meetings/icebreaker.html": "version",
    "meetings/meeting_agenda.html": "key",
    "meetings/meeting_agenda_sources.html": "key",
    "meetings/meeting_attendance.html": "version",
    "meetings/inventory.html": "version",
    "meetings/keepsakes.html": "version",
    "meetings/warm_up.html": "version",
    "meetings/wish_list.html": "words",
    "meetings/_look_back_part.html": "version",
    "meetings/meeting_evaluation.html": "words",
    "method/link_list.html": "key",
    "reports/interview.html": "version",
    "reports/_lines_talk.html": "version",
    "reports/moments.html": "key",
    "reports/my_story.html": "version",
    "roof/_first_visit.html": "version",
    "video_feedback/_cycle_step.html": "words",
    "video_feedback/_respond.html": "key",
    "video_feedback/_talentmoment_card.html": "key",
    "video_feedback/clip_add.html": "key",
    "video_feedback/clip_captions.html": "version",
    "video_feedback/remark_answer.html": "version",
    "video_feedback/remark_change.html": "version",
    "video_feedback/film_cycle_form.html": "key, version",
    "video_feedback/film_debrief.html": "version",
    "video_feedback/film_plan.html": "version",
    "video_feedback/observer_notes.html": "key",
    "video_feedback/practice.html": "version",
    "video_feedback/talentmoment_cold.html": "key",
    "video_feedback/_talentmoment_whole.html": "key",
}
"""`words`: the service takes the same words twice for one thing."""
STAY = {
    "leervragen/_end_question.html": "mails someone, where it goes to an expert",
    "groups/coaches.html": "mails people",
    "groups/group_invitations.html": "mails people",
    "groups/profile.html": "a photo goes along",
    "leervragen/hold_back.html": "is about the words that stand there at that moment",
    "meetings/expert_invite.html": "mails someone",
    "meetings/handouts.html": "a file goes along",
    "meetings/thank_expert.html": "mails someone",
    "meetings/meeting_add.html": "mails people",
    "meetings/_dates_form.html": "mails people",
    "meetings/meeting_edit.html": "mails people",
    "meetings/meeting_move.html": "mails people",
    "reports/exports.html": "makes a document of what stands there at that moment",
    "reports/interviews.html": "decides who does what",
    "reports/script.html": "decides what everyone is asked",
    "reports/my_line.html": "one's own line, drawn further elsewhere, would go back",
    "roof/plan_base.html": "a step that the next one stands on",
    "video_feedback/_choose_piece.html": "of what is erased within a day",
    "video_feedback/_owner_panel.html": "gives the fragment to another",
}


def forms_with(attribute: str) -> set[str]:
    return {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        for form in FORM.findall(path.read_text())
        if attribute in form
    }


def test_a_form_waits_only_where_sending_it_twice_makes_one_thing() -> None:
    assert forms_with("data-outbox=") == set(WAIT)


def test_a_form_that_keeps_its_text_waits_too_or_has_a_reason_not_to() -> None:
    assert forms_with("data-keep") - set(WAIT) == set(STAY)


def test_what_waits_keeps_its_text_in_the_tab_too() -> None:
    assert forms_with("data-outbox=") <= forms_with("data-keep")
