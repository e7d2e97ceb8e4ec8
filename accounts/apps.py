from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organisation")

    def ready(self) -> None:
        from accounts import (  # noqa: PLC0415 -- models are loaded only now
            consequences,
            ending_preview,
            first_steps,
            foresight,
            holdings_of_accounts,
            looking_after,
        )
        from accounts.interchange import (  # noqa: PLC0415 -- as above
            explained,
            tables,
            wording,
        )
        from accounts.interchange.appointments import APPOINTMENTS  # noqa: PLC0415 -- as above
        from accounts.interchange.departments import DEPARTMENTS  # noqa: PLC0415 -- as above
        from accounts.interchange.people import PEOPLE  # noqa: PLC0415 -- as above
        from accounts.interchange.periods import EXEMPTIONS, PORTFOLIOS  # noqa: PLC0415 -- as above
        from accounts.interchange.units import UNIT_SUCCESSION, UNITS  # noqa: PLC0415 -- as above

        holdings_of_accounts.join_in()
        tables.register(
            DEPARTMENTS, UNITS, UNIT_SUCCESSION, PEOPLE, APPOINTMENTS, PORTFOLIOS, EXEMPTIONS
        )
        ending_preview.join_in()
        consequences.register(foresees=foresight.foresee, done=foresight.done)
        for name, words in explained.WORDS.items():
            wording.explain(name, words)
        first_steps.join_in()
        looking_after.join_in()
