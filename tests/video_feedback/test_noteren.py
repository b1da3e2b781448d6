"""Noteren without a network: what the browser keeps of the portal holds nothing of anyone."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.access.table import ACTORS
from tests.house.test_front_rooms import imported_by

pytestmark = pytest.mark.django_db

COLD = "/talentmomenten/zonder-verbinding/"
WORKER = "/talentmomenten/werker.js"
JS = Path(settings.BASE_DIR) / "static/js"


def kept(client: Client) -> set[str]:
    """The files that the worker keeps, by their names in static/."""
    files = re.search(r"new Set\(\[(.*?)\]\)", client.get(WORKER).content.decode())
    assert files is not None
    assert re.search(r'"/wacht/\w{8}/"', files[1]), "the words for what cannot be sent"
    return {address.removeprefix("/static/") for address in re.findall(r'"(/static/[^"]+)"', files[1])}


def test_the_page_that_is_kept_is_the_same_to_everyone_and_sets_no_cookie(browsers: dict[str, Client]) -> None:
    pages = {}
    for actor in ACTORS:
        browsers[actor].cookies["theme"] = "dark"
        answer = browsers[actor].get(COLD)
        assert answer.cookies == {}
        pages[actor] = answer.content
    assert len(set(pages.values())) == 1
    html = pages["coach"].decode()
    assert "data-user" not in html
    assert 'name="csrf-token" content=""' in html
    assert "csrfmiddlewaretoken" not in html
    assert 'name="key" value=' not in html, "kept, it would be the key of everything that is noted"


def test_it_takes_no_message_that_is_for_another_page(participant: object, browsers: dict[str, Client]) -> None:
    browser = browsers["participant"]
    body = {"key": "3b0ff3a5-3c0c-4a34-bf8c-7df0f9c2a3de", "text": "Noor legde uit"}
    browser.post("/talentmomenten/", body)
    browser.get(COLD)
    assert "Bewaard. Je ziet het terug" in browser.get("/").content.decode()


def test_the_worker_keeps_all_that_the_page_is_made_of(client: Client) -> None:
    named = set(re.findall(r'(?:src|href)="/static/([^"#]+)', client.get(COLD).content.decode()))
    modules = {"pages/noteren.js", "app.js"}
    while more := {name for module in modules for name in imported_by(JS / module)} - modules:
        modules |= more
    files = kept(client)
    assert named <= files
    assert {f"js/{name}" for name in modules} <= files
    assert [name for name in files if finders.find(name) is None] == []


def test_the_worker_has_the_policies_and_is_another_only_when_it_keeps_other_things(client: Client) -> None:
    first, second = client.get(WORKER), client.get(WORKER)
    assert first.content == second.content
    assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "default-src 'none'" in first.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in first.headers["Content-Security-Policy"]
    assert "no-store" in first.headers["Cache-Control"]


def test_who_notes_says_where_the_worker_is(browsers: dict[str, Client]) -> None:
    for page in ("/", "/talentmomenten/"):
        assert f'data-cold="{WORKER}"' in browsers["participant"].get(page).content.decode()
