"""Prints the accounts of the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from netwerkleren.roof.demo.accounts import EVERYONE, PASSWORD


class Command(BaseCommand):
    help = "Prints the demo's accounts; the login page offers them in one click."

    def handle(self, *args: Any, **options: Any) -> None:
        for person in EVERYONE:
            self.stdout.write(f"  {person.email:<34} {PASSWORD}   {person.role}")
