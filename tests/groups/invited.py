"""Someone who is invited: the address, the link in their mail, and what they fill in."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from groups.addresses import Address
from groups.in_room import SESSION_KEY
from tests.types import Response

ANNA = Address("anna@school.example", "Anna de Vries")
FILLED = {
    "name": "Anna de Vries",
    "school_name": "obs De Lindenhof",
    "school_place": "Assen",
    "discipline": "leerkracht groep 5",
    "password": "fiets-regen-appeltaart",
}

BUTTON_ONLY = {"csrfmiddlewaretoken": "x"}
"""What a browser sends when nothing was filled in."""


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http://[^/\s]+(/uitnodiging/[\w-]+/)", str(message.body))
    assert found is not None
    return found[1]


def open_link(link: str, client: Client | None = None) -> tuple[Client, str]:
    """Follows a link of a mail; answers the browser and the clean address where it ends."""
    client = client or Client()
    response = client.get(link)
    assert response.status_code == 302, response.content
    return client, response.headers["Location"]


def fill_in(client: Client, page: str, fields: dict[str, Any]) -> Response:
    """Sends the form of the page, which carries the mark of the invitation that this browser has in hand."""
    return client.post(page, {"about": client.session.get(SESSION_KEY, ""), **fields})
