"""Mails of the group."""
