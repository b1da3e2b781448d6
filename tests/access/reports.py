"""The Oogst: interviews, stories, lines and the closing PDF."""

import pytest

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from reports.models import Edition, Export, Interview, ValueStory
from tests.access.table import (
    COACH,
    COACHS_ROWS,
    MEMBERS,
    STRANGERS,
    Codes,
    Objects,
    Row,
    deelnemers,
    posts,
    with_account,
)
from tests.reports.factories import make_story

DEELNEMERS: Codes = {**MEMBERS, "coach": 403}
INTERVIEW: Codes = {**STRANGERS, "participant": 200, "maatje": 200, "colleague": 404, "day_leader": 404, "coach": 403}

OWN_EDITION: Codes = {**STRANGERS, **deelnemers(404), "participant": 200, "coach": 404}

ROWS = [
    Row("get", "reports:overview", {**with_account(302), "outsider": 200, "ex_member": 200, "beheerder": 200}),
    Row("get", "reports:harvest", MEMBERS, "group"),
    Row("get", "reports:interviews", COACH, "group"),
    Row("get", "reports:script", COACH, "group"),
    Row("post", "reports:make_pairs", posts(COACH), "group"),
    Row("post", "reports:change_interviewer", {**posts(COACH), "colleague": 404, "day_leader": 404}, "interview"),
    Row("get", "reports:interview", INTERVIEW, "interview part"),
    Row("post", "reports:start_part", posts(INTERVIEW), "interview part"),
    Row("post", "reports:skip_part", posts(INTERVIEW), "interview part"),
    Row("get", "reports:my_story", DEELNEMERS, "group"),
    Row("get", "reports:memory", DEELNEMERS, "group"),
    Row("get", "reports:keep_sheet", DEELNEMERS, "group"),
    # Nobody keeps a photo: it is the teller's own alone, by the address of the group.
    Row("get", "reports:sheet", {**DEELNEMERS, **deelnemers(404)}, "group"),
    Row("post", "reports:erase_sheet", posts(DEELNEMERS), "group"),
    Row("get", "reports:stories_beside", MEMBERS, "group"),
    Row("post", "reports:take_story_back", posts(MEMBERS), "group"),
    Row("get", "reports:story", {**STRANGERS, **deelnemers(404), "participant": 200, "coach": 404}, "story"),
    Row("get", "reports:my_line", DEELNEMERS, "group"),
    Row("post", "reports:take_line_back", posts(MEMBERS), "group"),
    Row("get", "reports:group_lines", MEMBERS, "group"),
    Row("post", "reports:scribe_of_lines", posts(MEMBERS), "group"),
    Row("get", "reports:moments", COACH, "group"),
    Row("post", "reports:show_moment", posts(COACH), "group meeting"),
    Row("get", "reports:exports", COACH, "group"),
    Row("get", "reports:export", COACHS_ROWS, "export"),
    Row("post", "reports:retry_export", posts(COACHS_ROWS), "export"),
    # It is being made: there is nothing to take along yet.
    Row("get", "reports:download", {**COACHS_ROWS, "coach": 404}, "export"),
    Row("get", "reports:print_meeting", MEMBERS, "meeting"),
    Row("get", "reports:print_group", MEMBERS, "group"),
    Row("post", "reports:mail_pack", posts(COACH), "group", {"wished": "1"}),
    Row("post", "reports:for_me", posts(DEELNEMERS), "group"),
    Row("get", "reports:edition", OWN_EDITION, "edition"),
    Row("post", "reports:retry_edition", posts(OWN_EDITION), "edition"),
    Row("get", "reports:edition_pdf", {**OWN_EDITION, "participant": 404}, "edition"),
]


@pytest.fixture
def reports_objects(group: NetworkGroup, participant: Membership, maatje: Membership, meeting: Meeting) -> Objects:
    """Marijke (`participant`) tells, Yusuf (`maatje`) asks; the story is Marijke's and private."""
    return {
        "group": group,
        "meeting": meeting,
        "interview": Interview.objects.create(group=group, teller=participant, interviewer=maatje),
        "part": "A",
        "story": make_story(participant, "Van mij", ValueStory.Decision.PRIVATE),
        "export": Export.objects.create(group=group, state=Export.State.RUNNING),
        "edition": Edition.objects.create(group=group, member=participant, kind="team", state=Edition.State.RUNNING),
    }
