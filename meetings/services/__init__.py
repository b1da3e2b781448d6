"""The one door for every write about meetings, split by noun."""

from .planning import plan_meetings

__all__ = ["plan_meetings"]
