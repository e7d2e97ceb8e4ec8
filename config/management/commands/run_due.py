"""Do everything the clock would do now, once."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from config import clock
from config.celery import app


def moment(text: str) -> str:
    """Check ``text`` as a point in time; without a zone it is local time."""
    try:
        value = parse_datetime(text)
    except ValueError:  # well written, and there is no such day
        value = None
    if value is None:
        message = f"{text!r} is no date and time like 2018-10-19T07:30+07:00"
        raise ArgumentTypeError(message)
    return (make_aware(value) if is_naive(value) else value).isoformat()


class Command(BaseCommand):
    help = "Do everything the clock would do now, once: reminders, queued reports, mails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", type=moment, help="another moment: 2018-10-19T07:30+07:00")

    def handle(self, **options: Any) -> None:
        failed = []
        app.loader.import_default_modules()
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            name = str(entry["task"])
            try:
                app.tasks[name](now=options["now"])
            except Exception as error:  # noqa: BLE001 -- one kind of work never blocks another
                failed.append(name)
                clock.note(name, repr(error))
                self.stderr.write(f"{name}: {error!r}")
            else:
                clock.note(name)
        if failed:
            raise CommandError("not everything was done: " + ", ".join(failed))
