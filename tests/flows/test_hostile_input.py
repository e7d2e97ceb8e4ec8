"""What an attacker types: never an error of ours, never run, nothing changed that is not asked."""

import re
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction

from tests.flows.everywhere import body_of
from tests.flows.forms import FORMS, filled, numbered

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
VALUES = [
    b"",
    b"a\0b",
    b"\xed\xa0\x80\xff",  # half a surrogate pair, and a byte that begins nothing
    "Ha\N{COMBINING GRAVE ACCENT} Nội".encode(),
    b"x" * 1_000_000,
    b"9" * 10_000,
    b"9223372036854775808",
    b"-1",
    b"0",
    "²".encode(),
    b"1e400",
    b"31/02/2026",
    b"29/02/2027",
    b"01/01/0000",
    b"01/01/9999",
    b"01/01/10000",
    "😀\N{RIGHT-TO-LEFT OVERRIDE}".encode(),
    b"<script>{{7*7}}</script>%s%n%(x)s",
    b'{"a": [1]}',
]
# What each field gets by itself, by what belongs in it: where a sentence belongs, a number is
# only another sentence. Every value comes to every field beside the others, all hostile at once.
EACH = {
    "number": [VALUES[number] for number in (1, 2, 5, 6, 7, 9)],
    "day": [VALUES[number] for number in (1, 2, 11, 14)],
    "words": [VALUES[number] for number in (1, 2, 17, 18)],
}
# Address, and the parameters it reads.
QUERIES = {
    "/plans/": ["year", "state"],
    "/visits/": ["page", "year", "quarter", "state", "kind", "unit", "person", "department",
                 "way", "waiting", "whose", "format"],
    "/units/": ["page", "name", "level", "cluster", "on", "year", "days", "format"],
    "/units/{other_unit}/": ["year"],
    "/organisation/holidays/": ["year"],
    "/organisation/units/": ["page", "name", "level", "state", "on", "format"],
    "/organisation/departments/": ["page", "name", "state", "on", "format"],
    "/organisation/departments/{department}/": ["on"],
    "/programme/": ["page", "year", "month", "department", "words", "format"],
    "/clusters/": ["year", "format"],
    "/inbox/": ["page", "show"],
    "/organisation/import/": ["page", "table"],
    "/organisation/import/template/": ["table"],
    "/search/": ["q"],
    "/dossiers/": ["quarter"],
    "/requests/": ["page"],
    "/requests/new/": ["replaces"],
    "/quarter/": ["quarter"],
    "/quarter/NT/2018-4/": ["state", "kind", "unit"],
    "/products/": ["page", "show"],
    "/notices/": ["page", "show"],
    "/confirmations/": ["page", "show", "year", "person", "unit", "format"],
    "/sittings/{sitting.open}/": ["line", "dossier", "after", "do"],
    "/regulation/": ["year"],
    "/reports/dashboard/": ["year", "as_of", "units"],
    "/reports/people/": ["year", "as_of", "department", "standing", "format"],
    "/reports/people/{cadre}/days/": ["year", "as_of", "reason"],
    "/reports/panels/standing/": ["cadre", "year", "as_of"],
    "/reports/panels/weekly/": ["year", "as_of"],
    "/organisation/people/": ["page", "q", "department", "office", "account", "standing", "scope"],
    "/organisation/who-decides/": ["on"],
    "/organisation/exemptions/": ["page", "q", "when", "reason", "format"],
    "/organisation/delegations/": ["page", "q", "when", "body", "format"],
    "/administration/messages/": ["page", "state", "kind", "format"],
}  # fmt: skip
PARTS = [
    *(
        f"/{kind}/%s/"
        for kind in (
            "plans",
            "visits",
            "units",
            "dossiers",
            "sittings",
            "inbox",
            "products",
            "notices",
            "confirmations",
            "remarks",
            "requests",
        )
    ),
    "/quarter/%s/2018-4/",
    "/quarter/NT/%s/",
    "/reports/people/%s/days/",
    "/reports/annual/%s/file/",
    "/plans/1/steps/%s/",
    "/accounts/password/reset/key/1-%s/",
]


def form_body(fields):
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields)


def sent(browser, address, fields):
    """Post as bytes, and undo what it did."""
    with transaction.atomic():
        answer = browser.post(
            address, form_body(fields), content_type="application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    return answer.status_code


def together(names, values):
    """As many rows as there are values; in each row each field has one, in the end each has all."""
    for start in range(len(values)):
        shifted = (values[(start + number) % len(values)] for number in range(len(names)))
        yield list(zip(names, shifted, strict=True))


def belongs(good):
    if good.isdigit():
        return "number"
    return "day" if re.fullmatch(rb"\d\d/\d\d/\d{4}", good) else "words"


def variants(fields):
    """Each field with what is hostile there, missing, twice, as an array; all hostile at once."""
    good = {name: value.encode() for name, value in fields.items()}
    for name, own in good.items():
        rest = [(other, value) for other, value in good.items() if other != name]
        for value in EACH[belongs(own)]:
            yield f"{name}={value[:20]!r}", [*rest, (name, value)]
        yield f"{name} missing", rest
        yield f"{name} twice", [*rest, (name, own), (name, b"x")]
        yield f"{name}[]", [*rest, (f"{name}[]", own)]
    for row in together(list(good), VALUES):
        yield f"all from {row[0][1][:20]!r}" if row else "nothing", row


@pytest.mark.parametrize("form", FORMS)
def test_no_form_answers_with_an_error_of_ours(papers, browser_of, form):
    role, address, fields = FORMS[form]
    browser = browser_of(papers, role, raise_request_exception=False)
    address = filled(papers, address)
    fields = numbered(papers, fields)
    failed = {
        what: status
        for what, body in variants(fields)
        if (status := sent(browser, address, body)) >= 500
        or (status == 404 and form != "open plan")
    }
    assert failed == {}


@pytest.mark.parametrize("address", QUERIES)
def test_no_question_in_an_address_answers_with_an_error(papers, browser_of, address):
    readers = {"/confirmations/": "inspector"}
    is_office = address.startswith(("/organisation/", "/administration/"))
    role = "administrator" if is_office else readers.get(address, "secretary")
    browser, failed = browser_of(papers, role, raise_request_exception=False), {}
    names, values = QUERIES[address], [*(one for one in VALUES if len(one) <= 10_000), b"csv"]
    hostile = dict.fromkeys(value for some in EACH.values() for value in some)
    alone = [[(name, value)] for name in names for value in (*hostile, b"csv", b"\0")]
    for fields in [*alone, *together(names, values)]:
        query = form_body(fields)
        answer = browser.get(f"{filled(papers, address)}?{query}")
        if answer.status_code >= 500:
            failed[query[:60]] = answer.status_code
        body_of(answer)

    assert failed == {}


def test_no_part_of_an_address_answers_with_an_error(papers, browser_of):
    browser, failed = browser_of(papers, "secretary", raise_request_exception=False), []
    short = [value for value in VALUES if len(value) <= 10_000]
    for address in PARTS:
        for value in [*short, b"2018-5", b"0-1", b"9999-4", b"10000-1", b"2018-04", b"1-1"]:
            path = address.replace("%s", quote_from_bytes(value, safe=""))
            if browser.get(path).status_code >= 500:
                failed.append(path[:80])

    assert failed == []


TYPED = "Câu này đồng chí đã gõ và không được mất"
KEPT = {
    "new row": {"content": TYPED, "starts_on": "31/02/2019"},
    "old row": {"content": TYPED, "kind": ""},
    "step": {"comment": TYPED, "version": "7"},
    "report": {"result": TYPED, "ends_on": "31/02/2018"},
    "meeting": {"present": TYPED, "met_on": "31/02/2018"},
    "line": {"reason": TYPED, "starts_on": "31/02/2018"},
    "direction": {"text": TYPED, "department": "x"},
    "presence": {"reason_1": TYPED, "chair": "x"},
    "amend": {"content": TYPED, "starts_on": "31/02/2018"},
    "wish": {"comment": TYPED, "starts_on": "31/02/2018"},
    "kind": {"comment": TYPED, "kind": "x"},
    "close": {"notice_number": TYPED, "wording": "99"},
    "product": {"summary": TYPED, "link": "javascript:alert(1)"},
    "notice answer": {"remark": TYPED, "proposed_on": "31/02/2018"},
    "confirmation answer": {"remark": TYPED, "proposed_from": "31/02/2018"},
    "reply": {"text": TYPED, "version": "7"},
    "annual report": {"lessons": TYPED, "revision": "7"},
    "issue": {"text": TYPED, "due_on": "31/02/2018"},
    "new person": {"full_name": TYPED, "email": "x"},
    "appoint": {"decision_number": TYPED, "starts_on": "31/02/2018"},
    "agency": {"help_sentence": TYPED, "starts_on": "31/02/2018"},
    "departments": {"form-0-name": TYPED, "form-0-code": "a b"},
    "people": {"form-0-full_name": TYPED, "form-0-department": "x"},
    "units": {"affiliated": f"{TYPED}\n{'x' * 201}"},
}


@pytest.mark.parametrize("form", KEPT)
def test_what_was_typed_stays_in_the_form(papers, browser_of, form):
    role, address, fields = FORMS[form]
    fields = numbered(papers, fields) | numbered(papers, KEPT[form])
    answer = browser_of(papers, role).post(filled(papers, address), fields)

    assert answer.status_code in (409, 422)
    assert TYPED in answer.content.decode()
