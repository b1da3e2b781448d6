"""Every step of the method is found in the portal: from Vandaag in three clicks at most, by whoever it is for."""

import pytest
from django.test import Client

from meetings.models import Meeting
from tests.types import SignIn

from .steps import BOTH, LEIDEN, MISSING, STEPS, Step
from .traject import Traject, make_traject
from .walking import Page, look

MOST_CLICKS = 3


@pytest.fixture
def traject(db: None) -> Traject:
    return make_traject()


class Walker:
    """One of the people, who looks at a page again when what it shows has changed."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.seen: dict[str, Page] = {}

    def look(self, address: str) -> Page:
        if address not in self.seen:
            self.seen[address] = look(self.browser, address)
        return self.seen[address]

    def forget(self, *parts: str) -> None:
        """The pages that have one of these in their address."""
        self.seen = {one: page for one, page in self.seen.items() if not any(part in one for part in parts)}

    def fault(self, step: Step, meeting: Meeting) -> str | None:
        """Why the step is not found, or None."""
        page = self.look("/")
        for click in step.clicks.split():
            route, _is, key = click.partition("=")
            address = page.leads_to(route, key or meeting.pk) or (None if key else page.leads_to(route))
            if address is None:
                return f"{step}: {page.address} does not lead to {click}"
            page = self.look(address)
        found = [name for role, name in page.named() if role == step.role]
        return None if any(name.startswith(step.name) for name in found) else f"{step}: on {page.address} are {found}"


@pytest.mark.on_postgresql
def test_each_step_is_found_by_whom_it_is_for(traject: Traject, sign_in: SignIn) -> None:
    walkers = {who: Walker(sign_in(traject.people[who])) for who in BOTH}
    faults, before = [], ("", "")
    for at in sorted({step.at for step in STEPS}):
        kind, _space, item = at.partition(" ")
        traject.be_at(kind, item)
        meeting = traject.meetings[kind]
        is_on = "on" if item not in ("", "held") else item
        # From one onderdeel to the next only Leiden and the phone that follows become others.
        changed = ["/leiden/", "/nu/"] if (kind, is_on) == before else ["/"]
        for walker in walkers.values():
            walker.forget(*changed)
        before = kind, is_on
        faults += [walkers[who].fault(step, meeting) for step in STEPS if step.at == at for who in step.who]
    assert list(filter(None, faults)) == []


def test_no_step_is_further_away_than_three_clicks() -> None:
    """What the page of a meeting loads by itself is no click."""
    far = [step for step in STEPS if len(step.clicks.replace("meetings:now", "").split()) > MOST_CLICKS]
    assert far == []


def test_the_list_has_every_numbered_step() -> None:
    named = {step.where.partition(",")[0] for step in STEPS}
    numbered = {
        *(f"2.3.1 prep {number}" for number in (1, 2, 3)),
        *(f"2.3.1 step {number}" for number in range(1, 7)),
        *(f"{part} step {number}" for part in ("2.3.2", "2.3.3") for number in range(1, 8)),
        *("2.3.2 prep", "2.3.3 prep", "2.4.1", "2.4.2"),
        *(f"annex {number}" for number in range(1, 7)),
    }
    assert named == numbered
    parts = {step.where for step in STEPS}
    assert {f"2.3.1 prep 3, subject {number}" for number in range(1, 8)} <= parts
    assert {f"annex 3, step {number}" for number in range(1, 6)} <= parts
    assert {f"annex 5, {part}" for part in ("A", "B1", "B2", "B3", "B4", "B5", "B6")} <= parts


def test_what_is_missing_is_said_by_name_and_stands_nowhere_as_there() -> None:
    assert len(MISSING) == 1
    assert {step.where for step in STEPS} & set(MISSING) == set()
    assert all(where.startswith(("2.3", "2.4", "annex")) and len(why.split()) > 5 for where, why in MISSING.items())


def test_a_step_that_is_not_there_is_found_out(traject: Traject, sign_in: SignIn) -> None:
    traject.be_at("network")
    walker = Walker(sign_in(traject.people["participant"]))
    meeting = traject.meetings["network"]
    for clicks in (LEIDEN, "meetings:detail"):
        fault = walker.fault(Step("2.3.2", BOTH, "network", clicks, "heading", "Verzonnen"), meeting)
        assert fault is not None
