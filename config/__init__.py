"""Wiring: settings, addresses, the clock, the embedded server. Nothing of the domain."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
