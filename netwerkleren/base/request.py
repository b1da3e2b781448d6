"""The request as our middleware hands it to a view, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .access import Actor


class Request(HttpRequest):
    actor: Actor
    htmx: HtmxDetails
