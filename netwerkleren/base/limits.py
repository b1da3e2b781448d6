"""How often something may go wrong, or be done, before whoever does it has to wait (docs/security.md L2).

A limit is a number of slots in the cache that all processes share. What counts takes a free slot, which ends by itself;
who finds none waits until the first of them ends. A slot is taken in one statement, so two processes never take the
same one. For a login only failures count: a school sits behind one address, and twenty-three people who log in there
at once take no slot. So many guesses as there are threads may pass before the first of them has counted.

The cache is a table beside the accounts. While it cannot be asked nobody's password can be asked either: the answer is
the page that says what is away, no guess is answered, and nothing of it counts against anyone afterwards.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class TooMany(Exception):
    """Wait until `until`. A view that lets it through answers 429 with a page that says so."""

    def __init__(self, until: datetime) -> None:
        super().__init__(sentence(until))
        self.until = until

    @property
    def seconds(self) -> int:
        return max(1, ceil((self.until - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Limit:
    """At most `most` in any stretch of `within`, each counted for one `who`: an account, an address, or both."""

    name: str
    most: int
    within: timedelta

    def check(self, *who: object) -> None:
        """Raises TooMany when there is no free slot."""
        self._free(who)

    def count(self, *who: object) -> None:
        """Takes a slot; where there is none left it is as full as it can be."""
        try:
            while not cache.add(*self._taking(who), timeout=self.within.total_seconds()):
                pass  # Another process was at this slot first.
        except TooMany:
            return

    def use(self, *who: object) -> None:
        """For what counts however it ends: takes a slot, or raises TooMany."""
        while not cache.add(*self._taking(who), timeout=self.within.total_seconds()):
            pass  # Another process was at this slot first.

    def _taking(self, who: tuple[object, ...]) -> tuple[str, datetime]:
        return self._free(who), timezone.now() + self.within

    def _free(self, who: tuple[object, ...]) -> str:
        now = timezone.now()
        slots = self._slots(who)
        taken = {slot: ends for slot, ends in cache.get_many(slots).items() if ends > now}
        free = next((slot for slot in slots if slot not in taken), None)
        if free is None:
            raise TooMany(min(taken.values()))
        return free

    def _slots(self, who: tuple[object, ...]) -> list[str]:
        # No address of a person or of a network stands in the cache.
        digest = sha256("\n".join(str(part) for part in who).encode()).hexdigest()
        return [f"limit:{self.name}:{digest}:{number}" for number in range(self.most)]


_QUARTER = timedelta(minutes=15)

LOGIN_HERE = Limit("login-here", 10, _QUARTER)
"""Wrong passwords for one account from one address."""
LOGIN_ANYWHERE = Limit("login-anywhere", 50, _QUARTER)
"""Wrong passwords for one account, from wherever: more, since whoever guesses could shut its owner out by it."""
LOGIN_ADDRESS = Limit("login-address", 100, _QUARTER)
"""Wrong passwords from one address, for whichever accounts: a whole school has it."""
CODE_HERE = Limit("code-here", 10, _QUARTER)
"""Wrong codes of a second step for one account from one address."""
CODE_ANYWHERE = Limit("code-anywhere", 30, timedelta(hours=1))
"""The same from wherever: whoever tries them knows the password, and a code has six digits."""
LINK_ADDRESS = Limit("link-address", 30, _QUARTER)
"""Links of invitations and experts that are none, from one address."""
KNOCK_ADDRESS = Limit("knock-address", 30, _QUARTER)
"""Names that are handed in at the doors of meetings, from one address: a school has one."""
DISPLAY_CODE = Limit("display-code", 10, _QUARTER)
"""Codes of a digibord that are none, typed by one person."""
DISPLAY_CODE_ADDRESS = Limit("display-code-address", 30, _QUARTER)
"""The same from one address, by whomever."""
DISPLAY_ADDRESS = Limit("display-address", 60, _QUARTER)
"""Browsers at one address that become a digibord which waits: each keeps a row for an hour."""
FEED_ADDRESS = Limit("feed-address", 100, _QUARTER)
"""Addresses of calendars that are none, from one address: a program goes on asking for one that was renewed."""
RESET_ACCOUNT = Limit("reset-account", 5, timedelta(hours=1))
"""Mails with a link for a new password that were asked for one address of mail."""
RESET_ADDRESS = Limit("reset-address", 100, timedelta(hours=1))
"""The same from one address, for whomever."""
INVITATIONS = Limit("invitations", 300, timedelta(days=1))
"""Mails with an invitation that one person has sent."""
UPLOADS = Limit("uploads", 100, timedelta(hours=1))
"""Recordings that one person begins; one that is carried on is begun once."""

OWN_DATA = Limit("own-data", 5, timedelta(hours=1))
"""Zips with one's own data: each may hold gigabytes of film."""


def check_login(request: HttpRequest, email: str) -> None:
    """Before the password is looked at. A known and an unknown address of mail are counted alike."""
    for limit, who in _of_login(request, email):
        limit.check(*who)


def count_failed_login(request: HttpRequest, email: str) -> None:
    for limit, who in _of_login(request, email):
        limit.count(*who)


def _of_login(request: HttpRequest, email: str) -> list[tuple[Limit, tuple[str, ...]]]:
    account, address = email.strip().lower(), get_ip(request)
    return [(LOGIN_HERE, (account, address)), (LOGIN_ANYWHERE, (account,)), (LOGIN_ADDRESS, (address,))]


def check_code(request: HttpRequest, account: object) -> None:
    """Before the code of a second step is looked at."""
    CODE_HERE.check(account, get_ip(request))
    CODE_ANYWHERE.check(account)


def count_wrong_code(request: HttpRequest, account: object) -> None:
    CODE_HERE.count(account, get_ip(request))
    CODE_ANYWHERE.count(account)


def use_reset(request: HttpRequest, email: str) -> None:
    """Raises TooMany when no more mails for a new password may be asked."""
    RESET_ADDRESS.use(get_ip(request))
    RESET_ACCOUNT.use(email.strip().lower())


def check_link(request: HttpRequest) -> None:
    """Before a token is looked up: who tried too many that are none waits, also with one that is."""
    LINK_ADDRESS.check(get_ip(request))


def count_wrong_link(request: HttpRequest) -> None:
    LINK_ADDRESS.count(get_ip(request))


def use_knock(request: HttpRequest) -> None:
    """Raises TooMany when so many knocked from here that a coach would see nothing else."""
    KNOCK_ADDRESS.use(get_ip(request))


def check_display_code(request: HttpRequest, account: object) -> None:
    """Before a code of a digibord is looked up: who tried too many that are none waits, also with one that is."""
    DISPLAY_CODE.check(account)
    DISPLAY_CODE_ADDRESS.check(get_ip(request))


def count_wrong_display_code(request: HttpRequest, account: object) -> None:
    DISPLAY_CODE.count(account)
    DISPLAY_CODE_ADDRESS.count(get_ip(request))


def use_display(request: HttpRequest) -> None:
    """Raises TooMany when more browsers here ask for a code than a school has digiborden."""
    DISPLAY_ADDRESS.use(get_ip(request))


def check_feed(request: HttpRequest) -> None:
    """As `check_link`, counted apart: a program that asks each hour for an old calendar shuts nobody's link."""
    FEED_ADDRESS.check(get_ip(request))


def count_wrong_feed(request: HttpRequest) -> None:
    FEED_ADDRESS.count(get_ip(request))


def sentence(until: datetime) -> str:
    """When to try again, in minutes, since a clock on a phone may differ."""
    minutes = max(1, ceil((until - timezone.now()).total_seconds() / 60))
    if minutes > 90:
        hours = ceil(minutes / 60)
        return _("Dit ging te vaak achter elkaar. Probeer het over %(n)d uur nog eens.") % {"n": hours}
    return ngettext(
        "Dit ging te vaak achter elkaar. Probeer het over %(n)d minuut nog eens.",
        "Dit ging te vaak achter elkaar. Probeer het over %(n)d minuten nog eens.",
        minutes,
    ) % {"n": minutes}
