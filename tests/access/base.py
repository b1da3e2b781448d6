"""The ground floor's own routes, and the way into the admin."""

import pytest

from meetings.models import Meeting
from netwerkleren.base import live
from tests.access.table import HELD_UP, MEMBERS, SIGNED_OUT, Objects, Row, open_to_all, with_account

ROWS = [
    Row("get", "base:favicon", open_to_all(302)),
    Row("get", "base:healthy", open_to_all(200)),
    Row("get", "base:who", open_to_all(200)),
    Row("get", "base:parts", open_to_all(200), "release"),
    Row("post", "base:theme", open_to_all(302)),
    Row("get", "base:topic_version", {**MEMBERS, **SIGNED_OUT, "expert": 200, "digibord": 200}, "topic"),
    Row("get", "admin:index", {**with_account(404), "beheerder": 200, HELD_UP: 404}),
    # Of the packages' routes: what it takes to set up a second step, and beside it what waits for that.
    Row("get", "mfa_index", {**with_account(200), HELD_UP: 200}),
    Row("get", "usersessions_list", with_account(200)),
    Row("get", "account_email", with_account(200)),
]


@pytest.fixture
def base_objects(meeting: Meeting) -> Objects:
    return {"topic": live.topic_of("meeting", meeting), "release": "0123abcd"}
