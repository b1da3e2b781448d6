"""Two lines on the own phone before the talk: off by default, and read together without a name."""

import pytest
from django.urls import reverse

from groups.models import Membership
from meetings.models import Meeting, WarmUp
from meetings.own_data import take_away, warm_ups_part
from meetings.services import running, warming_up
from netwerkleren.base.conflicts import version_of
from tests.factories import make_agenda_item, make_member
from tests.types import CountQueries, SignIn

LINES = {"went_well": "Iedereen kwam aan het woord.", "otherwise": "Eerder beginnen.", "version": version_of("", "")}


def _url(meeting: Meeting, name: str = "warm_up") -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


@pytest.fixture
def asked(meeting: Meeting, coach: Membership) -> Meeting:
    warming_up.ask_first(actor=coach.user, meeting=meeting, asked=True)
    return meeting


def test_it_is_off_until_who_leads_asks_for_it(
    meeting: Meeting, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    make_agenda_item(meeting, "evaluation")
    running.start_meeting(actor=coach.user, meeting=meeting)
    phone, link = sign_in(participant), f'href="{_url(meeting)}"'
    assert link not in phone.get(_url(meeting, "now")).content.decode()
    refused = phone.post(_url(meeting), LINES)
    assert refused.status_code == 422
    assert "Dit wordt nu niet gevraagd." in refused.content.decode()

    sign_in(coach).post(_url(meeting, "ask_first"), {"asked": "1"})

    assert link in phone.get(_url(meeting, "now")).content.decode()
    assert phone.post(_url(meeting), LINES).status_code == 302
    sign_in(coach).post(_url(meeting, "ask_first"), {"asked": "0"})
    assert link not in phone.get(_url(meeting, "now")).content.decode()
    assert WarmUp.objects.count() == 1


def test_they_are_read_together_and_nobody_is_named(
    asked: Meeting, coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    sign_in(participant).post(_url(asked), LINES)
    sign_in(maatje).post(_url(asked), {**LINES, "went_well": "De pitch.", "otherwise": ""})

    page = sign_in(coach).get(_url(asked, "warm_up_together"))

    assert page.context["read"].went_well == ["De pitch.", "Iedereen kwam aan het woord."]
    assert page.context["read"].otherwise == ["Eerder beginnen."]
    html = page.content.decode()
    assert "Marijke" not in html and "Yusuf" not in html
    assert sign_in(participant).get(_url(asked, "warm_up_together")).status_code == 403
    assert "De pitch." not in sign_in(participant).get(_url(asked)).content.decode()


def test_of_two_devices_both_texts_stay_and_too_long_is_said(
    asked: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    for _again in range(2):
        assert browser.post(_url(asked), LINES).status_code == 302
    both = browser.post(_url(asked), {**LINES, "went_well": "Van de laptop"})
    assert both.status_code == 409 and "Van de laptop" in both.content.decode()
    assert browser.post(_url(asked), {**LINES, "went_well": "x" * 5000}).status_code == 422
    assert [one.went_well for one in WarmUp.objects.all()] == [LINES["went_well"]]


def test_it_is_in_ones_own_data_and_goes_with_the_account(
    asked: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    sign_in(participant).post(_url(asked), LINES)
    assert [row["wat ging goed"] for row in warm_ups_part(participant.user).rows] == [LINES["went_well"]]
    take_away(participant.user, participant.user)
    assert not WarmUp.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_reading_together_asks_as_much_for_thirty_as_for_one(
    rows: int, asked: Meeting, coach: Membership, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    for number in range(rows):
        WarmUp.objects.create(meeting=asked, member=make_member(asked.group), went_well=f"Regel {number}")
    client = sign_in(coach)
    with django_assert_num_queries(6):
        assert client.get(_url(asked, "warm_up_together")).status_code == 200
