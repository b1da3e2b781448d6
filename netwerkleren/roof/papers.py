"""Privacy and rules: texts of ours that anyone may read, for a school to check and fill in (docs/security.md P5)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from groups.models import INVITATION_DAYS, INVITATION_KEPT_DAYS, OWN_DEVICE_DAYS
from meetings.models import KNOCKS_KEPT
from netwerkleren.base.models import AUDIT_DAYS
from netwerkleren.base.request import Request
from netwerkleren.base.sessions import ABSOLUTE, LEFT_FOR
from netwerkleren.base.sweeping import LOST_MAIL_DAYS, MAIL_DAYS
from video_feedback.models import NOTES_KEPT, TO_CUT_HOURS, UPLOAD_DAYS
from video_feedback.retention import FIRST_NOTICE, KEEP, KEEP_WITHOUT_END, LAST_NOTICE

PAPERS_IN_ADDRESS = {
    "privacy": "privacy",
    "parents": "brief-aan-ouders",
    "register": "verwerkingsregister",
    "dpia": "dpia",
    "rules": "gebruiksregels",
}
TITLES = {
    "privacy": _("Privacy"),
    "parents": _("Brief aan ouders"),
    "register": _("Verwerkingsregister"),
    "dpia": _("Notities voor een DPIA"),
    "rules": _("Gebruiksregels"),
}
FIGURES = {
    "keep_days": KEEP.days,
    "keep_without_end_days": KEEP_WITHOUT_END.days,
    "first_notice": FIRST_NOTICE,
    "last_notice": LAST_NOTICE,
    "upload_days": UPLOAD_DAYS,
    "to_cut_hours": TO_CUT_HOURS,
    "audit_months": round(AUDIT_DAYS * 12 / 365),
    "mail_days": MAIL_DAYS,
    "lost_mail_months": round(LOST_MAIL_DAYS * 12 / 365),
    "session_hours": int(ABSOLUTE.total_seconds() // 3600),
    "typed_days": LEFT_FOR.days,
    "own_device_days": OWN_DEVICE_DAYS,
    "invited_days": INVITATION_DAYS + INVITATION_KEPT_DAYS,
    "knock_hours": int(KNOCKS_KEPT.total_seconds() // 3600),
    "note_days": NOTES_KEPT.days,
}
"""What the texts promise, from where the portal keeps it."""


@login_not_required
@require_safe
def paper(request: Request, name: str) -> HttpResponse:
    others = [(key, title) for key, title in TITLES.items() if key != name]
    context = {"title": TITLES[name], "others": others, **FIGURES}
    return render(request, f"roof/paper_{name}.html", context)
