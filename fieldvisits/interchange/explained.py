"""The tables of visits and holidays in the words of who fills them in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.interchange.wording import Word, Words

WORDS = {
    "holidays": Words(
        _("Holidays"),
        {
            "date": Word(_("Day"), "03/09/2018"),
            "kind": Word(pgettext_lazy("column", "Kind"), "off"),
            "name": Word(pgettext_lazy("column", "Name"), "Nghỉ bù Quốc khánh"),
        },
        _("Days off, and Saturdays that are worked to make up for them."),
    ),
    "visits": Words(
        _("Visits"),
        {
            "code": Word(pgettext_lazy("column", "Code"), "H2018-001"),
            "cadre_code": Word(_("Code of the cadre"), "CB001", _("As in the table of people")),
            "date_from": Word(_("First day"), "22/05/2018"),
            "date_to": Word(_("Last day"), "23/05/2018"),
            "session": Word(pgettext_lazy("column", "Session"), "full"),
            "unit_code": Word(_("Code of the unit"), "N00004", _("As in the table of units")),
            "kind": Word(pgettext_lazy("column", "Kind"), "inspection"),
            "origin": Word(_("Origin"), "plan"),
            "state": Word(_("State"), "accepted"),
            "product": Word(_("Product"), "none"),
            "confirmation": Word(_("Confirmation"), "none"),
            "content": Word(_("Content"), "Kiểm tra công tác Đoàn và phong trào thanh thiếu nhi"),
            "result": Word(_("Result"), "Đã làm việc với ban chấp hành"),
            "team": Word(_("Team"), "", _("The same word for all who went together")),
        },
        _("History that is taken over; a visit that is on record is never overwritten."),
    ),
}
