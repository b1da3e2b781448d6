"""The pages that join the floors: Vandaag, the group's page and the wizard."""

import pytest

from groups.models import NetworkGroup
from meetings.models import Meeting
from tests.access.table import (
    COACH,
    MEMBERS,
    Codes,
    Objects,
    Row,
    deelnemers,
    open_to_all,
    posts,
    refuses,
    with_account,
)

COACHES: Codes = {**with_account(403), "coach": 200, "other_coach": 200}
"""Whoever is a coach somewhere may plan a traject."""

ROWS = [
    Row("get", "roof:paper", open_to_all(200), "paper"),
    Row("get", "roof:home", with_account(200)),
    Row("get", "roof:groups", {**with_account(200), "other_member": 302, **deelnemers(302)}),
    Row("get", "roof:group", MEMBERS, "group"),
    Row("post", "roof:first_step", {**posts(MEMBERS), "coach": 403}, "group agenda", {"skip": "1"}),
    Row("get", "roof:on_phone", with_account(200)),
    Row("get", "roof:group_as", COACH, "group"),
    Row("get", "roof:today_as", COACH, "group"),
    Row("get", "roof:meeting_as", COACH, "meeting"),
    Row("get", "roof:leervragen_as", COACH, "meeting"),
    Row("get", "roof:clips_as", COACH, "group"),
    Row("get", "roof:plan", posts(COACHES)),
    Row("get", "roof:plan_step", COACHES, "step"),
    Row("post", "roof:plan_step", refuses(COACHES), "step"),
    Row("get", "roof:plan_check", posts(COACHES)),
    Row("post", "roof:plan_check", posts(COACHES)),
    Row("post", "roof:plan_restart", posts(COACHES)),
]


@pytest.fixture
def roof_objects(group: NetworkGroup, meeting: Meeting) -> Objects:
    return {"group": group, "meeting": meeting, "agenda": "agenda", "step": "group", "paper": "privacy"}
