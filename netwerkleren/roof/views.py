"""Pages that join the floors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Vandaag: what needs me now, soonest first."""
    return render(request, "roof/home.html", {})
