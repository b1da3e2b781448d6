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


@pytest.mark.parametrize("address", OF_NO_PART)
def test_a_page_about_oneself_or_the_portal_marks_none(address: str, coach: Membership, sign_in: SignIn) -> None:
    page = sign_in(coach).get(address, follow=True).content.decode()
    assert "Hoofdmenu" in page and MARK not in page


def test_a_page_of_a_part_marks_that_part(coach: Membership, sign_in: SignIn) -> None:
    meeting = make_meeting(coach.group)
    pages = {
        "/": "Vandaag",
        reverse("roof:group", args=[coach.group_id]): "Groepen",
        reverse("groups:edit", args=[coach.group_id]): "Groepen",
        reverse("roof:plan_step", args=["group"]): "Groepen",
        reverse("meetings:detail", args=[meeting.pk]): "Bijeenkomsten",
        reverse("video_feedback:talentmomenten"): "Talentmomenten",
    }
    browser = sign_in(coach)
    for address, part in pages.items():
        page = browser.get(address).content.decode()
        nav = page[page.index('<nav class="nav"') :]
        assert f"{MARK}>{part}<" in nav[: nav.index("</nav>")], address
