"""Browsers of people who gave their password a moment ago, as the page of one's address asks."""

from django.test import Client
from django.urls import reverse

from groups.models import User

PASSWORD = "een-lang-wachtwoord"  # of everyone that the factories make


def log_in(user: User, email: str = "") -> Client:
    """`email` for another address than the one the account has."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": email or user.email, "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session
