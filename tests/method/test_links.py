"""What a coach adds to an explanation, for the own group."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from netwerkleren.method.models import MethodLink
from netwerkleren.method.services.links import MOST_LINKS
from tests.types import SignIn

GONE = "https://films.example/is-er-niet-meer"


def add(browser: Any, group: NetworkGroup, **facts: str) -> Any:
    body = {"key": str(uuid4()), "subject": "space", "title": "Filmpje over wachten", "link": GONE, **facts}
    return browser.post(reverse("method:links", args=[group.pk]), body)


def test_a_link_stands_on_the_page_of_its_subject_for_the_group_and_for_nobody_else(
    coach: Membership, participant: Membership, other_member: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    assert add(sign_in(coach), group).status_code == 302
    space, ruler = (reverse("method:subject", args=[key]) for key in ("space", "ruler"))
    seen = sign_in(participant).get(space).content.decode()
    assert f'href="{GONE}" rel="noopener noreferrer" target="_blank"' in seen
    assert "Filmpje over wachten" in seen
    assert "niet van ons. Is er een weg? Zeg het je coach." in seen
    assert GONE not in sign_in(participant).get(ruler).content.decode()
    assert GONE not in sign_in(other_member).get(space).content.decode()


def test_a_page_that_is_gone_is_taken_as_it_is_for_nobody_asks_it(
    coach: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    """The address is of a host that is nowhere: the answer would be a fault if the portal looked."""
    browser = sign_in(coach)
    assert add(browser, group, link="https://bestaat-niet.invalid/film").status_code == 302
    assert browser.get(reverse("method:subject", args=["space"])).status_code == 200


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"link": "javascript:alert(1)"}, "Dit is geen link."),
        ({"link": "ftp://films.example/een"}, "Dit is geen link. Plak hem uit de adresbalk"),
        ({"link": "zomaar wat woorden"}, "Dit is geen link."),
        ({"link": ""}, "Dit veld is verplicht."),
        ({"link": f"https://films.example/{'a' * 2048}"}, "Deze link heeft 2070 tekens"),
        ({"title": ""}, "Dit veld is verplicht."),
        ({"title": "t" * 201}, "200"),
        ({"subject": "verzonnen"}, "verzonnen"),
    ],
)
def test_what_is_no_link_is_said_beside_its_field_and_nothing_is_added(
    coach: Membership, group: NetworkGroup, sign_in: SignIn, facts: dict[str, str], words: str
) -> None:
    answer = add(sign_in(coach), group, **facts)
    assert answer.status_code == 422
    assert answer.content.decode().count(words) >= 1
    assert answer.content.decode().count("Dit is geen link.") <= 2, "once above, and once beside the field"
    assert not MethodLink.objects.exists()


def test_an_address_without_a_scheme_becomes_one_with_it_and_a_title_is_text(
    coach: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    assert add(browser, group, link="films.example/een", title="<b>Kijk</b>").status_code == 302
    page = browser.get(reverse("method:subject", args=["space"])).content.decode()
    assert 'href="https://films.example/een"' in page
    assert "&lt;b&gt;Kijk&lt;/b&gt;" in page


def test_posted_twice_it_is_one_and_taken_away_it_is_gone(
    coach: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    browser, key = sign_in(coach), str(uuid4())
    for _twice in range(2):
        assert add(browser, group, key=key).status_code == 302
    link = MethodLink.objects.get()
    assert browser.post(reverse("method:remove_link", args=[link.pk])).status_code == 302
    assert not MethodLink.objects.exists()


def test_a_group_has_so_many_links_and_no_more(coach: Membership, group: NetworkGroup, sign_in: SignIn) -> None:
    MethodLink.objects.bulk_create(
        MethodLink(group=group, subject="space", title=str(number), link=GONE) for number in range(MOST_LINKS)
    )
    answer = add(sign_in(coach), group)
    assert answer.status_code == 422
    assert "Er staan al 30 links. Haal er eerst een weg." in answer.content.decode()


def test_a_deelnemer_reads_the_links_and_adds_none(
    participant: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    page = sign_in(participant).get(reverse("method:links", args=[group.pk])).content.decode()
    assert "Nog geen links" in page
    assert 'name="link"' not in page
