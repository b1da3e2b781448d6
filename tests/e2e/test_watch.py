"""The watch that every browser test relies on hears what it should."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Watch


@pytest.fixture
def login_page(page: Page) -> Page:
    page.goto("/")
    return page


def heard(watch: Watch) -> list[str]:
    complaints, watch.complaints = watch.complaints, []
    return complaints


def test_watch_keeps_csp_reports_and_errors_until_axe_runs(login_page: Page, watch: Watch) -> None:
    login_page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    login_page.evaluate("() => { setTimeout(() => { throw new Error('uncaught') }) }")
    login_page.wait_for_timeout(100)
    complaints = heard(watch)
    assert any("CSP: style-src-attr refused inline" in complaint for complaint in complaints)
    assert any("uncaught" in complaint for complaint in complaints)

    watch.check_accessible(login_page)
    assert watch.complaints == []


def test_watch_forgives_only_what_a_walk_allows(login_page: Page, watch: Watch) -> None:
    login_page.goto("/bestaat-niet/")
    assert any("404" in complaint for complaint in heard(watch))

    watch.allow("404")
    login_page.goto("/bestaat-niet/")
    assert watch.complaints == []


def test_axe_fails_a_page_that_shuts_people_out(login_page: Page, watch: Watch) -> None:
    login_page.evaluate("() => document.documentElement.removeAttribute('lang')")
    with pytest.raises(AssertionError, match="html-has-lang"):
        watch.check_accessible(login_page)
