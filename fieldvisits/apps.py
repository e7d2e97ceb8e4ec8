from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldvisitsConfig(AppConfig):
    name = "fieldvisits"
    verbose_name = _("Field visits")

    def ready(self) -> None:
        from accounts.interchange import tables  # noqa: PLC0415 -- models are loaded only now
        from fieldvisits import (  # noqa: PLC0415 -- as above
            desk,
            desk_beside,
            desk_people,
            desk_requests,
            ending_preview,
            organisation,
            reminding,
        )
        from fieldvisits.actions.reminders import KINDS  # noqa: PLC0415 -- as above
        from fieldvisits.interchange.holidays import HOLIDAYS  # noqa: PLC0415 -- as above
        from fieldvisits.interchange.moved import rebook_moved  # noqa: PLC0415 -- as above
        from fieldvisits.interchange.visits import VISITS  # noqa: PLC0415 -- as above

        tables.register(HOLIDAYS, rebook_moved, VISITS)
        desk.join_in()
        desk_requests.join_in()
        desk_beside.join_in()
        reminding.register(*KINDS)
        desk_people.join_in()
        ending_preview.join_in()
        organisation.join_in()
