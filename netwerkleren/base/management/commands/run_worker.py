"""Runs the consumer of one task queue until it is told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules

from netwerkleren.base.tasks import QUEUES, keep_sweeping, prepare


class Command(BaseCommand):
    help = "Runs the worker of one queue: mail (mail, PDFs and sweeping) or video (films)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queue", choices=sorted(QUEUES))
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, queue: str, workers: int, **options: Any) -> None:
        autodiscover_modules("tasks")
        prepare()
        if queue == "mail":  # Of the two it is the one whose work never takes long.
            keep_sweeping()
        consumer = QUEUES[queue].create_consumer(
            workers=workers, periodic=False, initial_delay=0.1, max_delay=1.0, graceful_signal="TERM"
        )
        consumer.run()
