"""The organisation's tables in the words of who fills them in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.interchange.wording import Word, Words

_FROM = Word(_("From"), "01/01/2018", _("The first day it is in force"))
_TO = Word(_("To"), "31/12/2022", _("The last day in force; empty: until further notice"))
_PERSON = Word(_("Code of the person"), "CB001", _("As in the table of people"))

WORDS = {
    "departments": Words(
        _("Departments"),
        {
            "code": Word(pgettext_lazy("column", "Code"), "TG"),
            "name": Word(pgettext_lazy("column", "Name"), "Ban Tuyên giáo"),
            "short_name": Word(_("Short name"), "Tuyên giáo"),
            "kind": Word(pgettext_lazy("column", "Kind"), "ban"),
            "is_coordinating": Word(
                _("Coordinating department"),
                "0",
                _("1 for the department that relays plans to the Standing Committee"),
            ),
            "valid_from": Word(_("Valid from"), "01/01/2018", _("The first day of this name")),
            "valid_to": Word(_("Valid to"), "", _("The last day of this name; empty: still")),
        },
        _("One row for each name a department has had; rows of one code belong together."),
    ),
    "units": Words(
        _("Units"),
        {
            "code": Word(pgettext_lazy("column", "Code"), "N00004"),
            "level": Word(pgettext_lazy("column", "Level"), "commune"),
            "kind": Word(pgettext_lazy("column", "Kind"), "Phường"),
            "name": Word(pgettext_lazy("column", "Name"), "Phường Ba Đình"),
            "short_name": Word(_("Short name"), "Ba Đình"),
            "parent_code": Word(
                _("Code of the unit above"), "", _("Empty: directly under the city")
            ),
            "lat": Word(_("Latitude"), "21.035852", _("Only for the map")),
            "lon": Word(_("Longitude"), "105.826094", _("Only for the map")),
            "valid_from": Word(
                _("Valid from"), "01/07/2025", _("Empty: since before anybody remembers")
            ),
            "valid_to": Word(_("Valid to"), "", _("The last day; empty: still")),
        },
        _("One row for each name a unit has had; rows of one code belong together."),
    ),
    "unit_succession": Words(
        _("Succession of units"),
        {
            "old_code": Word(_("Code of the old unit"), "C00001"),
            "new_code": Word(_("Code of the new unit"), "N00004"),
            "share": Word(_("Share"), "whole", _("How much of the old unit went into the new one")),
            "on": Word(_("On"), "01/07/2025", _("The first day of the new unit")),
        },
        _("Which unit took over from which, how much of it, and from which day on."),
    ),
    "people": Words(
        _("People"),
        {
            "code": Word(pgettext_lazy("column", "Code"), "CB001"),
            "full_name": Word(pgettext_lazy("person", "Full name"), "Nguyễn Thị Lan Anh"),
            "email": Word(
                _("E-mail"), "lananh@example.org", _("Without one a person cannot sign in")
            ),
            "phone": Word(_("Phone"), "0912 345 678"),
            "gender": Word(_("Gender"), "Nữ"),
            "in_scope": Word(
                _("Owes field visits"), "1", _("Empty means yes; 0 for who owes none")
            ),
        },
        _("One row for each person; the code is for life, names and addresses may change."),
        also=("Cán bộ", "Danh sách cán bộ"),
    ),
    "appointments": Words(
        _("Appointments"),
        {
            "person_code": _PERSON,
            "body": Word(
                _("Where"),
                "TG",
                _(
                    "The code or the name of a department; or Standing Committee, Executive "
                    "Bureau, Inspection Committee, administration; or unit:CODE for a unit"
                ),
                also=("Ban", "Phòng ban", "Ban/Đơn vị", "Bộ phận"),
            ),
            "office": Word(pgettext_lazy("column", "Office"), "cán bộ", also=("Chức danh",)),
            "from": _FROM,
            "to": _TO,
        },
        _("Who holds which office, where, from when to when; one department at a time."),
    ),
    "portfolios": Words(
        _("Portfolios"),
        {
            "person_code": _PERSON,
            "department_code": Word(_("Code of the department"), "TG"),
            "from": _FROM,
            "to": _TO,
        },
        _("Which member of the Standing Committee is in charge of which department."),
    ),
    "exemptions": Words(
        _("Exemptions"),
        {
            "person_code": _PERSON,
            "reason": Word(_("Reason"), "study"),
            "from": _FROM,
            "to": _TO,
            "note": Word(_("Note"), "Học cao học tập trung"),
        },
        _("Who owes no visits for a time, and why."),
    ),
}
