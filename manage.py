#!/usr/bin/env python
"""Django's command line. Works with no environment at all: SQLite and a key file in var/."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # in the words of the setting, without our own lines
        sys.exit(f"The settings cannot be used: {error}")
