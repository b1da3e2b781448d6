"""Mails about meetings: to members, and to the expert."""
