"""The beheerder's pages: accounts, groups, invitations of coaches, the audit, and whether mail works; no content
(docs/domain.md#people)."""

from . import accounts, audit, invitations
from .site import beheer

__all__ = ["accounts", "audit", "beheer", "invitations"]
