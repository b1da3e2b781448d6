"""Which entry of the menu a page marks: the part that it belongs to, or none."""

import pytest
from django.urls import reverse

from groups.models import Membership
from netwerkleren.roof.papers import PAPERS_IN_ADDRESS
from tests.factories import make_meeting
from tests.types import SignIn

MARK = 'aria-current="page"'
OF_NO_PART = [
    *(reverse("roof:paper", args=[name]) for name in PAPERS_IN_ADDRESS),
    *map(reverse, ("groups:profile", "groups:welcome", "mfa_index", "usersessions_list", "account_email")),
    reverse("account_change_password"),
]


def menu_of(page: str) -> str:
    nav = page[page.index('<nav class="nav"') :]
    return nav[: nav.index("</nav>")]


@pytest.mark.parametrize("address", OF_NO_PART)
def test_a_page_about_oneself_or_the_portal_marks_none(address: str, coach: Membership, sign_in: SignIn) -> None:
    assert MARK not in menu_of(sign_in(coach).get(address).content.decode())


def test_a_page_of_a_part_marks_that_part(coach: Membership, sign_in: SignIn) -> None:
    meeting = make_meeting(coach.group)
    pages = {
        "/": "Vandaag",
        reverse("roof:group", args=[coach.group_id]): "Groepen",
        reverse("groups:edit", args=[coach.group_id]): "Groepen",
        reverse("roof:plan_step", args=["group"]): "Groepen",
        reverse("meetings:wishes", args=[coach.group_id]): "Groepen",
        reverse("leervragen:parked", args=[coach.group_id]): "Groepen",
        reverse("meetings:detail", args=[meeting.pk]): "Bijeenkomsten",
        reverse("video_feedback:talentmomenten"): "Talentmomenten",
    }
    browser = sign_in(coach)
    for address, part in pages.items():
        assert f"{MARK}>{part}<" in menu_of(browser.get(address).content.decode()), address
