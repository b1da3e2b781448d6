"""Step 8 on local files and on S3: sent, converted, watched in ranges, withdrawn while it is open, erased."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.films import grainy_film
from tests.e2e.people import Person
from tests.e2e.thread_between import film_plays, share
from tests.servers import Portal, S3Server, wait_until

SEED = """
from tests.factories import make_group, make_member, make_session
group = make_group("Hunzedal")
print("SEEDED", *[make_session(make_member(group, name).user) for name in ["Sanne Wolters", "Piet Vos"]])
"""
RANGE = """
async ([film, bytes]) => {
  const answer = await fetch(film, { headers: { Range: `bytes=${bytes}` } });
  const part = answer.headers.get("Content-Range")?.split("/")[0] ?? "";
  return [answer.status, part, (await answer.arrayBuffer()).byteLength];
}
"""


@dataclass
class Store:
    """Where a portal keeps its films."""

    portal: Portal
    paths: Callable[[], list[str]]
    """Of all files in it."""

    def __post_init__(self) -> None:
        self.before = set(self.paths())  # The films of other tests, whose portal it is too.

    def films(self) -> list[str]:
        return [Path(path).name for path in self.paths() if path not in self.before]


@pytest.fixture(params=["files", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "files":
        portal: Portal = request.getfixturevalue("portal")
        folder = Path(portal.env["NETWERKLEREN_VAR"]) / "media" / "footage"
        return Store(portal, lambda: [str(path) for path in folder.rglob("*") if path.is_file()])
    server: S3Server = request.getfixturevalue("s3_server")
    portal = request.getfixturevalue("start_portal")(**server.env)
    bucket = {"Bucket": server.env["S3_BUCKET"], "Prefix": "footage/"}
    listed = server.client().list_objects_v2
    return Store(portal, lambda: [str(found["Key"]) for found in listed(**bucket).get("Contents", [])])


def _answer_late(route: Route) -> None:
    """The server does it at once; its answer takes two seconds, four looks of a page that follows."""
    answer = route.fetch(max_redirects=0)
    time.sleep(2)
    route.fulfill(response=answer)


def test_a_film_is_watched_in_ranges_until_it_is_withdrawn(
    store: Store, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    portal = store.portal
    sessions = portal.seed(SEED)

    def person(name: str, session: str) -> Person:
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return Person(name, context, watch, portal.url)

    sanne, piet = (person(name, session) for name, session in zip(["sanne", "piet"], sessions, strict=True))

    sanne.go("/fragmenten/nieuw/")
    sanne.fill("Titel", "De kring")
    sanne.press("Verder naar de opname")
    sanne.follow("Stuur de hele opname")
    sanne.page.get_by_label("De opname").set_input_files(grainy_film(tmp_path / "IMG_0042.MOV"))
    sanne.choose("Ik weet dat de hele opname naar de server gaat")
    sanne.press("Stuur de opname op")
    sanne.sees("Wie mag kijken?", seconds=90)
    assert sorted(store.films()) == ["film.mp4", "poster.jpg"]
    share(sanne, "de hele groep", "toestemming gaven")

    piet.go(sanne.page.url)
    film_plays(piet, second=12)
    film = piet.page.locator("video").evaluate("video => video.src")
    assert piet.page.evaluate(RANGE, [film, "0-99"]) == [206, "bytes 0-99", 100]
    assert piet.page.evaluate(RANGE, [film, "-50"])[::2] == [206, 50]

    sanne.page.reload()
    sanne.sees("Piet Vos")
    piet.watch.allow("status of 404")
    sanne.press("Trek het delen in")
    sanne.sees("Vanaf nu zie alleen jij dit fragment.")
    # The film that he has open goes from his screen by itself.
    piet.sees("Deze pagina is er niet")
    assert piet.page.evaluate(RANGE, [film, "100-199"])[0] == 404
    film_plays(sanne, second=35)

    # The page that follows hears that the fragment is gone before the answer to her own press is there.
    sanne.page.route("**/wissen/", _answer_late)
    sanne.press("Wis dit fragment")
    sanne.agree()
    expect(sanne.page).to_have_url(f"{portal.url}/fragmenten/")
    wait_until(lambda: store.films() == [], "the end of the erased film", 30)
