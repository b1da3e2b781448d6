"""A passkey in a real browser, with Chromium's own authenticator: made, used, lost, and in by a recovery code."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD
from tests.servers import Portal

SEED = f"""
from tests.factories import make_user
user = make_user("Sanne Wolters")
user.set_password("{PASSWORD}")
user.save()
print("SEEDED", user.email)
"""
ON_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def url(start_portal: Callable[..., Portal]) -> tuple[Portal, str]:
    """A portal under a name, as `bin/start` prints it: an IP address can hold no passkey."""
    portal = start_portal(ALLOWED_HOSTS="127.0.0.1,localhost")
    return portal, portal.url.replace("127.0.0.1", "localhost")


def by_password(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.locator("form[action*=login] button.primary").click()


def sign_out(page: Page) -> None:
    page.locator("[data-menu] summary").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/account/login/")


def give(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def test_a_passkey_is_made_used_and_lost_and_a_recovery_code_lets_in(page: Page, url: tuple[Portal, str]) -> None:
    portal, address = url
    (email,) = portal.seed(SEED)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": ON_THE_DEVICE})

    by_password(page, address, email)
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/welkom/")
    page.get_by_role("link", name="Maak een passkey").click()
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Naam").fill("mijn telefoon")
    page.get_by_label("Hiermee wil ik inloggen zonder wachtwoord").check()
    page.get_by_role("button", name="Maak de passkey").click()
    page.wait_for_url("**/recovery-codes/")
    codes = page.locator(".codes li").all_text_contents()
    assert len(codes) == 10

    sign_out(page)
    page.get_by_role("button", name="Log in met een passkey").click()
    page.wait_for_url(f"{address}/")
    expect(page.get_by_text("Dag Sanne")).to_be_visible()

    sign_out(page)
    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})
    by_password(page, address, email)
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    give(page, codes[0])
    page.wait_for_url(f"{address}/")

    # Each works once.
    sign_out(page)
    by_password(page, address, email)
    give(page, codes[0])
    expect(page.get_by_text("Deze code klopt niet.").first).to_be_visible()
    give(page, codes[1])
    page.wait_for_url(f"{address}/")
