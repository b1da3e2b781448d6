"""bin/snapshot FOLDER: the demo, asked page by page as everyone, and a traject's mails.

It goes by addresses alone, so that it runs on a version in which every function has another name. The clock stands
still and ids get names, so two runs of one version are the same to the letter.
"""

import os
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import time_machine

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

_dice = random.Random(2027)
# Before anything of the portal is imported: what is ordered by its id is in the same order at every run.
uuid.uuid4 = lambda: uuid.UUID(int=_dice.getrandbits(128), version=4)

NOW = datetime(2027, 1, 13, 10, 30, tzinfo=UTC)
"""A Wednesday morning: an hour at which mail goes out."""


def main(folder: Path) -> None:
    import django
    from django.test.utils import setup_databases, setup_test_environment

    django.setup()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    with time_machine.travel(NOW, tick=False):
        Snapshot(folder).take()


class Snapshot:
    def __init__(self, folder: Path) -> None:
        from netwerkleren.roof.demo.load import load_demo

        self.folder = folder
        load_demo()
        self._others()
        self.rows = Rows()
        self.clients = self._clients()

    def take(self) -> None:
        self._pages("planned")
        self._walk()
        self._pages("running")
        self._mails()

    def _others(self) -> None:
        """Who is not in the demo: another group's people, someone who left, an account without a group."""
        from django.utils import timezone

        from groups.models import Membership, NetworkGroup, User

        def account(name: str, **fields: Any) -> User:
            return User.objects.create_user(f"{name.split()[0].lower()}@elders.example", "geheim", name=name, **fields)

        group = NetworkGroup.objects.get()
        other = NetworkGroup.objects.create(name="Hunzedal", published_at=timezone.now())
        role = Membership.Role.COACH
        Membership.objects.create(user=account("Karin Bos", is_coach=True), group=other, role=role)
        Membership.objects.create(user=account("Piet Vos"), group=other, discipline="groep 8")
        Membership.objects.create(user=account("Els Weg"), group=group, left=timezone.now())
        account("Ooit Langs")

    def _clients(self) -> dict[str, Any]:
        from django.core.signing import get_cookie_signer
        from django.test import Client

        from groups.models import User
        from meetings.guests import COOKIE, mint_link
        from meetings.models import ExpertInvitation

        people = {
            "coach": "Hanneke", "participant": "Marijke", "maatje": "Yusuf", "colleague": "Anouk", "beheerder": "Bea",
            "other_coach": "Karin", "other_member": "Piet", "ex_member": "Els", "outsider": "Ooit",
        }  # fmt: skip
        clients = {"anonymous": Client(), "expert": Client()}
        self.invitation = ExpertInvitation.objects.get(meeting__position=2)
        clients["expert"].cookies[COOKIE] = get_cookie_signer(salt=COOKIE + COOKIE).sign(mint_link(self.invitation))
        for actor, first_name in people.items():
            clients[actor] = Client()
            user = User.objects.get(name__startswith=f"{first_name} ")
            clients[actor].force_login(user, "django.contrib.auth.backends.ModelBackend")
        return clients

    def _pages(self, moment: str) -> None:
        for address in self.rows.addresses():
            for actor, client in self.clients.items():
                answer = client.get(address)
                self._write(f"pages/{moment}/{actor}", address, self._said(answer))

    def _said(self, answer: Any) -> str:
        from tests.snapshot.words import words_of

        kind = answer.get("Content-Type", "").partition(";")[0]
        lines = [f"{answer.status_code} {kind} {answer.get('Location', '')}".strip()]
        if kind == "text/html":
            lines.append(words_of(answer.content.decode()))
        elif kind in {"text/calendar", "text/plain", "application/json"}:
            lines.append(answer.content.decode())
        else:
            answer.close()
        return "\n".join(lines)

    def _post(self, actor: str, address: str, **data: Any) -> None:
        """A press of a button in passing; what it answers belongs to the snapshot too."""
        from django.test import TestCase

        from tests.snapshot.words import UUID

        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = self.clients[actor].post(address, data)
        self.posted = getattr(self, "posted", 0) + 1
        shown = UUID.sub(lambda found: self.rows.labels().get(found[0], "<new id>"), address)
        self._write("posts", f"{self.posted:02} {actor} {shown}", self._said(answer))

    def _walk(self) -> None:
        """The next meeting begins; what waited for people is done."""
        rows = self.rows
        group, meeting = rows.group.pk, rows.meetings[2].pk
        strips = [str(strip.pk) for strip in rows.coming]
        lead = f"/bijeenkomsten/{meeting}/leiden"
        self._post("coach", f"/groepen/{group}/uitnodigingen/", people="Anna de Vries <anna@school.example>")
        facts = {"starts_at": "2027-02-04T15:30", "place": "Aula", "version": rows.meetings[2].version}
        self._post("coach", f"/bijeenkomsten/{meeting}/gegevens/", **facts)
        self._post("coach", f"/bijeenkomsten/{rows.meetings[3].pk}/expert/", name="Ria", email="ria@expert.example")
        self._post("coach", f"/bijeenkomsten/{meeting}/leervragen/versturen/")
        self._post("participant", f"/groepen/{group}/leerdoelen/", text="")
        self._post("coach", f"/groepen/{group}/aanpassen/", name="", theme="", version=rows.group.version)
        self._post("coach", f"/oogst/{group}/interviews/maken/")
        self._post("coach", f"{lead}/start/")
        self._post("coach", f"{lead}/verzonnen/")
        self._post("participant", f"/leervragen/{strips[0]}/verplaatsen/", to="3", version="0")
        self._post("participant", f"/leervragen/{strips[0]}/verplaatsen/", to="4", version="0")
        self._post("participant", f"/leervragen/{strips[1]}/verplaatsen/", to="5", version="0")
        self._post("participant", f"/leervragen/{strips[0]}/beginnen/")
        items = list(rows.meetings[2].agenda.all())
        self._post("coach", f"{lead}/naar/{items[5].pk}/")
        self._post("coach", f"{lead}/stil/")
        self._post("maatje", f"/oogst/{group}/mijn-lijn/")

    def _mails(self) -> None:
        from django.core import mail

        from tests.snapshot.words import words_of

        rows = self.rows
        self._post("coach", f"/bijeenkomsten/{rows.meetings[4].pk}/vervalt/")
        self._post("coach", f"/bijeenkomsten/{rows.meetings[4].pk}/heropen/")
        self._post("expert", "/expert/antwoord/", answer="no", remark="Ziek", about=self.invitation.pk)
        asked = rows.meetings[3].expert_invitations.get()
        self._post("coach", f"/bijeenkomsten/expert/{asked.pk}/intrekken/")
        self._post("beheerder", "/beheer/groups/invitation/add/", email="nieuwe.coach@school.example")
        remark = {"key": str(uuid.uuid4()), "kind": "top", "start": "0:03", "text": "Je wacht even."}
        clip = next(clip for clip in rows.clips if clip.owner.user.name.startswith("Marijke"))
        self._post("maatje", f"/fragmenten/{clip.pk}/reacties/", **remark)
        self._post("maatje", f"/fragmenten/{clip.pk}/versturen/")
        self._close()
        # By who reads them: of one sweep they go out in the order of ids, which are new at every run.
        for number, message in enumerate(sorted(mail.outbox, key=lambda one: one.to), start=1):
            letter: Any = message
            html = words_of(str(letter.alternatives[0][0])) if letter.alternatives else ""
            calendars = [str(part[1]) for part in message.attachments if str(part[0]).endswith(".ics")]
            head = f"Aan: {message.to}\nVan: {message.from_email}\nOnderwerp: {message.subject}"
            text = "\n\n".join([head, str(message.body), html, *calendars])
            self._write("mails", f"{message.to[0]} {number:02} {message.subject}", text)

    def _close(self) -> None:
        """The traject ended three weeks ago: who placed a fragment is told that it will be erased."""
        from django.test import TestCase
        from django.utils import timezone

        from netwerkleren.base.tasks import sweep

        self.rows.group.closed_at = timezone.now() - timedelta(days=21)
        self.rows.group.save()
        with TestCase.captureOnCommitCallbacks(execute=True):
            sweep()

    def _write(self, place: str, name: str, text: str) -> None:
        from tests.snapshot.words import named

        labels = self.rows.labels()
        path = self.folder / place / f"{quote(named(name, labels), safe=' ?=').replace('%2F', '_')[:180]}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(named(text, labels) + "\n")


class Rows:
    """The demo's rows, and the addresses that are made of them."""

    def __init__(self) -> None:
        from groups.models import NetworkGroup
        from leervragen.models import Leervraag
        from meetings.models import Meeting
        from video_feedback.models import Clip

        self.group = NetworkGroup.objects.get(name="De Hondsrug")
        self.meetings = list(Meeting.objects.order_by("position"))
        self.held = list(Leervraag.objects.filter(meeting=self.meetings[1]).order_by("text"))
        self.coming = list(Leervraag.objects.filter(meeting=self.meetings[2]).order_by("text"))
        self.clips = list(Clip.objects.order_by("title"))
        self._labels: dict[str, str] = {}

    def labels(self) -> dict[str, str]:
        """A name for every id: its model, and the how-many-eth row it is by what it says."""
        from django.apps import apps
        from django.db.models import UUIDField

        for model in apps.get_models():
            if isinstance(model._meta.pk, UUIDField):
                table = model._meta.db_table
                rows = model._default_manager.raw(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608
                for number, row in enumerate(rows):
                    self._labels[str(row.pk)] = f"{model._meta.model_name}-{number}"
        return self._labels

    def addresses(self) -> Iterator[str]:
        """Every address that answers GET; one that only answers POST says so, which belongs to the snapshot too."""
        from django.urls import get_resolver

        for resolver in get_resolver().url_patterns:
            for pattern in getattr(resolver, "url_patterns", [resolver]):
                path = f"{resolver.pattern if pattern is not resolver else ''}{pattern.pattern}"
                if not path.startswith(("^", "beheer/", "account/", "live/")):
                    yield from self._filled(path)
        yield from ["/account/login/", "/account/email/", "/account/sessions/", "/account/2fa/", "/beheer/"]

    def _filled(self, path: str) -> Iterator[str]:
        import re

        shape = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)
        for values in self._values(shape):
            yield "/" + shape.format(**values)
        if shape.endswith("/meetlat/"):
            for meeting in self.meetings[1:3]:
                strip = (self.held if meeting is self.meetings[1] else self.coming)[0].pk
                for query in ["stap=1", "stap=2", "stap=3", "stap=4", "stap=5", f"kies={strip}&groepeer=", "nieuw="]:
                    yield f"/bijeenkomsten/{meeting.pk}/meetlat/?{query}"

    def _values(self, shape: str) -> list[dict[str, object]]:
        from groups.models import LearningGoal, Membership, Pair, User, WorkingAgreement
        from reports.models import Interview, ValueStory
        from video_feedback.models import FilmCycle, ObserverNote, Talentmoment

        def of(queryset: Any, **more: object) -> list[dict[str, object]]:
            return [{"pk": row.pk, **more} for row in queryset[:2]]

        meetings = [{"pk": meeting.pk, "meeting": meeting} for meeting in self.meetings]
        if shape.startswith("bijeenkomsten/{pk}/agenda/{item_pk}"):
            return [{"pk": one["pk"], "item_pk": one["meeting"].agenda.all()[1].pk} for one in meetings[1:3]]  # type: ignore[attr-defined]
        if shape.startswith(("bijeenkomsten/{pk}/", "talentmomenten/bijeenkomst/")):
            gone = "00000000-0000-4000-8000-000000000000"
            more = {"point_pk": gone, "agreement_pk": gone, "item_pk": gone, "step": "start"}
            return [{**more, **one} for one in meetings]
        by_prefix: list[tuple[str, list[dict[str, object]]]] = [
            ("bijeenkomsten/data/", [{"group_pk": self.group.pk}]),
            ("groepen/mensen/", of(User.objects.filter(name__startswith="Marijke"))),
            ("groepen/leden/", of(Membership.objects.filter(user__name__startswith="Marijke"))),
            ("groepen/maatjes/", of(Pair.objects.order_by("created"))),
            ("groepen/zo-werken-wij/", of(WorkingAgreement.objects.order_by("text"))),
            ("groepen/leerdoelen/", of(LearningGoal.objects.order_by("text"))),
            ("groepen/nieuw/{step}", [{"step": step} for step in ("groep", "mensen", "bijeenkomsten", "data", "fout")]),
            ("groepen/{pk}/", [{"pk": self.group.pk, "mail_pk": self.group.pk}]),
            ("leervragen/{pk}/", [{"pk": one.pk} for one in [*self.held, *self.coming]]),
            (
                "oogst/interviews/",
                [{**one, "part": part} for one in of(Interview.objects.all()) for part in ("A", "B3")],
            ),
            ("oogst/verhalen/", of(ValueStory.objects.all())),
            ("oogst/{pk}/", [{"pk": self.group.pk, "moment": self.meetings[2].pk}]),
            ("fragmenten/{pk}/", [{"pk": clip.pk} for clip in self.clips]),
            ("media/", [{"pk": clip.pk} for clip in self.clips]),
            ("kijknotities/{pk}/", of(ObserverNote.objects.order_by("seen_at"))),
            ("samen-filmen/{pk}/", of(FilmCycle.objects.order_by("created"), clip_pk=self.clips[0].pk)),
            ("talentmomenten/{pk}/", of(Talentmoment.objects.order_by("text"))),
            ("uitnodiging/{token}", [{"token": "verzonnen"}]),
            ("expert/{token}", [{"token": "verzonnen"}]),
        ]
        found = next((values for prefix, values in by_prefix if shape.startswith(prefix)), None)
        return found if found is not None else [] if "{" in shape else [{}]


if __name__ == "__main__":
    with patch.dict(os.environ):
        main(Path(sys.argv[1]))
