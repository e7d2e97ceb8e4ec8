from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldvisitsConfig(AppConfig):
    name = "fieldvisits"
    verbose_name = _("Field visits")

    def ready(self) -> None:
        from accounts.interchange import (  # noqa: PLC0415 -- models are loaded only now
            tables,
            taking_back,
            wording,
        )
        from fieldvisits import (  # noqa: PLC0415 -- as above
            assumed,
            desk,
            desk_beside,
            desk_notices,
            desk_people,
            desk_requests,
            ending_preview,
            first_steps,
            holdings,
            organisation,
            reminding,
        )
        from fieldvisits.actions.reminders import KINDS  # noqa: PLC0415 -- as above
        from fieldvisits.interchange import explained, taken_back  # noqa: PLC0415 -- as above
        from fieldvisits.interchange.holidays import HOLIDAYS  # noqa: PLC0415 -- as above
        from fieldvisits.interchange.moved import rebook_moved  # noqa: PLC0415 -- as above
        from fieldvisits.interchange.visits import VISITS  # noqa: PLC0415 -- as above

        tables.register(HOLIDAYS, rebook_moved, VISITS)
        holdings.join_in()
        for name, words in explained.WORDS.items():
            wording.explain(name, words)
        for model, release in taken_back.RELEASES.items():
            taking_back.release_before(model, release)
        taking_back.rebuilt(*taken_back.REBUILT)
        assumed.join_in()
        first_steps.join_in()
        desk.join_in()
        desk_requests.join_in()
        desk_beside.join_in()
        reminding.register(*KINDS)
        desk_people.join_in()
        ending_preview.join_in()
        organisation.join_in()
        desk_notices.join_in()
