"""What the tests of cutting on the own device have in common."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal

SEED = """
from uuid import uuid4
from tests.factories import make_group, make_member, make_session, make_user
from video_feedback.models import Clip
user = make_user("Elif Kaya", email=f"{uuid4()}@school.example")
member = make_member(make_group("De Onlanden"), user=user, school=None)
clip = Clip.objects.create(owner=member, uploaded_by=member, title="De kring")
print("SEEDED", make_session(member.user), clip.pk)
"""
PLAYS = """(film) => {
  film.muted = true;
  film.playbackRate = film.defaultPlaybackRate = 4;
  const play = () => film.ended || film.play().catch(() => {});
  film.addEventListener("pause", play);
  play();
}"""
"""Also where the page pauses it once more, for it came just now."""
KEPT = """
async () => {
  const names = [];
  const walk = async (place) => {
    for await (const [name, entry] of place.entries()) {
      if (entry.kind === "directory") await walk(entry);
      else names.push(name);
    }
  };
  await walk(await navigator.storage.getDirectory());
  return names.sort();
}
"""
"""The names of all files that the portal keeps in this browser."""


def maker_at(portal: Portal, url: str, new_context: NewContext, watch: Watch) -> Person:
    """Elif, on the page where she cuts her fragment."""
    session, clip = portal.seed(SEED)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    elif_ = Person("elif", context, watch, url)
    elif_.go(f"/fragmenten/{clip}/knippen/")
    return elif_


def choose(maker: Person, film: Path) -> None:
    maker.page.get_by_label("Opname op dit apparaat").set_input_files(film)
    maker.sees("Kies het stukje")


def plays_it_whole(maker: Person) -> None:
    maker.page.locator("[data-result]").evaluate(PLAYS)
    expect(maker.page.get_by_role("button", name="Stuur dit fragment op")).to_be_enabled(timeout=30_000)
