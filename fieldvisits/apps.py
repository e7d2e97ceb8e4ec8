from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldvisitsConfig(AppConfig):
    name = "fieldvisits"
    verbose_name = _("Field visits")

    def ready(self) -> None:
        from fieldvisits import joining  # noqa: PLC0415 -- models are loaded only now

        joining.join_in()
