from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    """Brings to the administrator's desk what only the wiring knows: version, storage, clock."""

    name = "config"
    verbose_name = _("Operation")

    def ready(self) -> None:
        from config import administering  # noqa: PLC0415 -- models are loaded only now
        from config.backup import desk  # noqa: PLC0415 -- as above

        administering.join_in()
        desk.join_in()
