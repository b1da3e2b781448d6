"""The browser of the end-to-end tests: Debian's Chromium, and a watch on everything its pages complain of."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.proxies import PLAIN, PlainNginx, running_nginx
from tests.servers import Portal

pytest.register_assert_rewrite("tests.e2e.thread_once")  # so that what differs is shown

NewContext = Callable[..., BrowserContext]

# Chromium starts two pages for its address bar with every window, which cost more than a page of ours. The last list of
# this switch counts, so what Playwright turns off stands here too.
TURNED_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
)

REPORT_CSP = """
document.addEventListener("securitypolicyviolation", (event) => {
  const place = `${event.sourceFile}:${event.lineNumber}`;
  console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI} in ${place}`);
});
"""

LONGEST = ("test_thread.py", "test_firefox.py", "test_soak.py", "test_film.py", "test_upload.py", "test_outbox.py")
"""These files go first, so that of three workers none ends long after the others."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A hook in a folder hears of all tests, those of other folders too: these keep their order."""
    weight = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: weight.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    # CI runs as root, where Chromium's own sandbox cannot start.
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", f"--disable-features={','.join(TURNED_OFF)}", *quiet]
    return browser_type_launch_args | {"executable_path": shutil.which("chromium"), "args": flags}


@pytest.fixture(scope="session")
def base_url(portal: Portal) -> str:
    return portal.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


LOOKS_ANEW = "An unknown error occurred when fetching the script."
"""Chromium fetches a service worker again by itself a while after a page opened, and complains when there is no network
then: in a walk that goes offline, or at its end. That the portal does not have it is another complaint."""


class Watch:
    """Keeps the console errors, uncaught exceptions and CSP reports of every page that it follows."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._allowed = [LOOKS_ANEW]
        self._muted: Page | None = None

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_CSP)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._keep(error.page, str(error.error)))

    def allow(self, part: str) -> None:
        """From here on, complaints with these words are expected: a walk with bad input gets its own 4xx."""
        self._allowed.append(part)

    def check_accessible(self, page: Page) -> None:
        """AssertionError when axe finds a violation. What axe itself makes the browser complain of is not kept."""
        self._muted = page
        found = Axe().run(page).response["violations"]
        page.wait_for_timeout(50)
        self._muted = None
        nodes = [f"{rule['id']}: {node['target']} {node['html']}" for rule in found for node in rule["nodes"]]
        assert not nodes, f"axe on {page.url}:\n" + "\n".join(nodes)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._keep(message.page, message.text)

    def _keep(self, page: Page | None, text: str) -> None:
        if page is not self._muted and not any(part in text for part in self._allowed):
            self.complaints.append(f"{page.url if page else '-'}: {text}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert watch.complaints == []


@pytest.fixture
def new_context(new_context: NewContext, watch: Watch) -> NewContext:
    """pytest-playwright's, and so its `context` and `page` too, with the watch on it."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        watch.follow(context)
        return context

    return make


@pytest.fixture(scope="session")
def plain_nginx(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainNginx]:
    folder = tmp_path_factory.mktemp("nginx")
    with running_nginx(folder, portal.url.removeprefix("http://"), block=PLAIN) as front:
        yield PlainNginx(front.url, folder)
