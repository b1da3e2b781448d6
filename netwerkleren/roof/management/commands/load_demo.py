"""Loads the demo traject, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from netwerkleren.roof.demo.load import load_demo


class Command(BaseCommand):
    help = "Loads the demo traject into an empty database; does nothing when there are accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is for demo mode only (NETWERKLEREN_DEMO=1).")
        if load_demo():
            self.stdout.write("Loaded the demo traject.")
