"""A group that is closed is read only: each address that writes in it, and those that stay open all the same."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.base import ModelBase
from django.test import Client
from django.utils import timezone

from groups import closed
from groups.models import Membership, NetworkGroup, School, User
from meetings.models import AgendaTemplate

from .routes import every_route
from .table import ACTORS, FIRST_STEP, LOGIN, Objects, Row, code_of
from .test_table import ROWS

pytestmark = pytest.mark.on_postgresql  # each address, each actor: long, and no database makes a difference

SENTENCE = "Deze groep is afgesloten. Je kunt alles nog lezen. Een coach kan haar heropenen."

STAYS_POSSIBLE = {
    "groups:close": "twice is once",
    "groups:reopen": "the way back",
    "groups:remove": "leaving",
    "groups:step_back": "leaving",
    "groups:show_goal": "taking back",
    "groups:resend_mail": "the mail that it is closed",
    "groups:let_mail_be": "the mail that it is closed",
    "meetings:revoke_expert": "taking back",
    "meetings:let_go_display": "taking back",
    "meetings:agenda_sources": "keeps an agenda of one's own",
    "meetings:remove_template": "erases an agenda of one's own",
    "meetings:remove_handout": "erasing",
    "meetings:take_photo_down": "erasing",
    "meetings:guest_remove_handout": "erasing",
    "video_feedback:discard_recording": "erasing",
    "video_feedback:hand_over": "gives footage to whose it is",
    "video_feedback:withdraw": "taking back",
    "reports:erase_sheet": "erasing",
    "video_feedback:erase": "erasing",
    "video_feedback:clear_screen": "taking back",
    "video_feedback:erase_talentmoment": "erasing",
    "video_feedback:erase_observer_note": "erasing",
    "reports:take_story_back": "taking back",
    "reports:take_line_back": "taking back",
    "reports:exports": "own data",
    "reports:retry_export": "own data",
    "reports:for_me": "own data",
    "reports:print_meeting": "own data",
    "reports:print_group": "own data",
    "reports:retry_edition": "own data",
}

OF_NO_GROUP = {"groups:end_own_device", "meetings:take_display", "roof:plan_step"}
"""What stands in the address is of an account or of no row at all."""

OURS = {"groups", "meetings", "video_feedback", "leervragen", "reports"}

FIRST_OF_EACH = list({row.name: row for row in reversed(ROWS) if row.of}.values())
WRITES = [row for row in FIRST_OF_EACH if row.name not in OF_NO_GROUP]


CLOSED = "closed"
"""The 403 that says why, and who can open it."""
KEPT_OUT = {401, 403, 404, LOGIN, FIRST_STEP}


def _post(row: Row, objects: Objects, browser: Client) -> int | str:
    body = dict(row.body) if row.method == "post" else {}
    answer = browser.post(row.address(objects), body, headers=dict(row.headers))
    is_closed = answer.status_code == 403 and SENTENCE in answer.content.decode()
    return CLOSED if is_closed else code_of(answer)


@pytest.mark.parametrize("row", WRITES, ids=str)
def test_nothing_is_written_in_a_closed_group_but_what_stays_possible(
    row: Row, browsers: dict[str, Client], objects_of: Callable[[Row], Objects]
) -> None:
    objects = objects_of(row)
    NetworkGroup.objects.update(closed_at=timezone.now())
    told = {actor: _post(row, objects, browsers[actor]) for actor in ACTORS}
    if row.name in STAYS_POSSIBLE:
        assert CLOSED not in told.values()
    elif 405 not in told.values():  # which says that it takes no post at all
        assert set(told.values()) <= {CLOSED, *KEPT_OUT}
        got_in = {code for actor, code in told.items() if row.codes[actor] not in KEPT_OUT}
        # Another's footage is not even there, and a digibord is none any more.
        assert CLOSED in got_in or got_in <= {404, 401}


def test_what_stays_possible_says_so_beside_its_route() -> None:
    own = [route for route in every_route() if route.is_own]
    said = {route.name for route in own if getattr(route.pattern.callback, "when_closed", False)}
    assert said == set(STAYS_POSSIBLE)


def test_what_is_being_saved_while_typing_is_refused_in_words(
    coach: Membership, browser_of: Callable[[str], Client]
) -> None:
    NetworkGroup.objects.update(closed_at=timezone.now())
    headers = {"Accept": "application/json"}
    answer = browser_of("participant").post(
        f"/oogst/{coach.group_id}/mijn-verhaal/", {"text": "Nog iets"}, headers=headers
    )
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (403, True)


def test_each_model_behind_the_gates_leads_to_its_group() -> None:
    """A row whose group nobody finds would be written on in a closed group."""
    apart = {User, School, AgendaTemplate, NetworkGroup}
    models = [model for model in apps.get_models() if model._meta.app_label in OURS and model not in apart]
    gated = [model for model in models if hasattr(model._default_manager.all(), "visible_to")]
    assert len(gated) > 20
    assert [model.__name__ for model in gated if not _leads_to_group(model)] == []


def _leads_to_group(model: type[Model]) -> bool:
    found = {field.name: field.related_model for field in model._meta.fields if field.is_relation}
    above = [found[name] for name in closed.ABOVE if name in found]
    return NetworkGroup in above or any(_leads_to_group(one) for one in above if isinstance(one, ModelBase))
