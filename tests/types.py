"""The types of what fixtures hand to a test, each under one name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from groups.models import Membership, User
from leervragen.models import Leervraag
from video_feedback.models import Clip

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response  # what a Client answers
else:
    from django.http import HttpResponse as Response

__all__ = ["AskQuestion", "CountQueries", "Invite", "MakeClip", "OnCommit", "Response", "SignIn"]

SignIn = Callable[[Membership | User], Client]
Invite = Callable[..., str]
MakeClip = Callable[..., Clip]
AskQuestion = Callable[..., Leervraag]

CountQueries = DjangoAssertNumQueries
OnCommit = DjangoCaptureOnCommitCallbacks
