"""What an attacker types: never an error of ours, never run, nothing changed that is not asked."""

from urllib.parse import quote_from_bytes

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import EmulationCluster
from tests.factories.papers import NOW, make_papers
from tests.flows.everywhere import addresses, body_of

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
ROW = {
    "unit": "1", "starts_on": "16/01/2019", "ends_on": "", "session": "full", "shared": "",
    "kind": "inspection", "content": "Kiểm tra công tác đoàn vụ tại bốn xã", "role": "",
    "expected_result": "Biên bản làm việc", "inspection_body": "bureau",
    "inspection_programme": "35-KH/TĐTN ngày 28/5/2018", "revision": "",
}  # fmt: skip
REPORT = {
    "version": "1", "starts_on": "16/07/2018", "ends_on": "16/07/2018", "session": "full",
    "result": "Đã khảo sát 104 phiếu tại ba xã",
}  # fmt: skip
AMEND = {
    "version": "1", "unit": "1", "starts_on": "16/07/2018", "ends_on": "16/07/2018",
    "session": "morning", "content": "Kiểm tra công tác đoàn vụ tại bốn xã",
    "expected_result": "", "comment": "Đơn vị bận", "confirmed": "",
}  # fmt: skip
KIND = {
    "version": "1", "kind": "event_attendance", "role": "", "inspection_body": "bureau",
    "inspection_programme": "35-KH", "expected_result": "", "comment": "Chỉ dự lễ",
}  # fmt: skip
REQUEST = {**ROW, "reason": "Đơn vị đề nghị đột xuất để gỡ khó", "late_reason": ""}
ATTENDANCE = {
    "unit": "1", "starts_on": "19/12/2018", "ends_on": "", "session": "morning",
    "content": "Dự lễ phát động tháng thanh niên", "role": "Đại biểu tham dự",
}  # fmt: skip
DECIDE = {
    "decision": "adjust", "version": "0", "starts_on": "2018-04-16", "ends_on": "2018-04-16",
    "session": "full", "unit": "1", "reason": "Đổi ngày theo lịch của huyện",
}  # fmt: skip
WRITTEN = {"results": "Đã khảo sát ba xã", "difficulties": "", "proposals": "", "revision": ""}
MEETING = {"met_on": "01/10/2018", "present": "Toàn ban", "conclusions": "", "missing_reason": ""}
DELEGATION = {
    "delegate": "1", "starts_on": "20/12/2018", "ends_on": "31/12/2018", "reason": "Nghỉ phép",
}  # fmt: skip
EXEMPTION = {
    "reason": "sick", "starts_on": "20/12/2018", "ends_on": "", "note": "Nghỉ ốm", "seen": "",
}  # fmt: skip
VERSION = {
    "number": "2-KH", "title": "Kế hoạch", "issued_on": "01/12/2018", "first_year": "2020",
    "target_days": "45", "weekly_due_at": "17:00", "quota_branch": "30", "seen": "",
}  # fmt: skip
# What each field gets by itself; the rest comes in all fields at once.
EACH = [VALUES[number] for number in (1, 2, 5, 6, 7, 9, 11, 14, 17, 18)]
# Who fills it in, where, with what: {plan.draft} is the number of that plan.
FORMS = {
    "sign-in": ("anonymous", "/accounts/login/", {"login": "a@example.org", "password": "x"}),
    "reset": ("anonymous", "/accounts/password/reset/", {"email": "a@example.org"}),
    "language": ("cadre", "/me/", {"language": "vi"}),
    "open plan": ("cadre", "/plans/open/", {"quarter": "2018-4"}),
    "new row": ("cadre", "/plans/{plan.draft}/visits/add/", ROW),
    "old row": ("cadre", "/plans/{plan.draft}/visits/{visit.draft}/", ROW),
    "step": ("head", "/plans/{plan.agreed}/steps/return/", {"version": "1", "comment": "Thiếu"}),
    "agree": ("head", "/quarter/NT/2019-2/agree/", {"plan": "1"}),
    "accept": ("head", "/visits/accept/", {"visit": "1"}),
    "weekly": ("cadre", "/reports/written/weeks/2018-W51/", WRITTEN | {"then": "stay"}),
    "quarterly": (
        "cadre",
        "/reports/written/quarters/2018-4/",
        WRITTEN | {"self_assessment": "Đủ"},
    ),
    "acknowledge": ("head", "/reports/written/weekly/acknowledge/", {"report": "1"}),
    "report": ("cadre", "/visits/{visit.approved}/report/", REPORT),
    "new request": ("cadre", "/requests/new/", REQUEST),
    "old request": ("cadre", "/requests/{request.draft}/edit/", REQUEST),
    "request step": (
        "head",
        "/requests/{request.requested}/steps/endorse/",
        {"version": "1", "comment": "Cần thiết"},
    ),
    "attendance": ("cadre", "/attendance/new/", ATTENDANCE),
    "amend": ("head", "/visits/{visit.approved}/amend/", AMEND),
    "wish": ("cadre", "/visits/{visit.approved}/wish/", AMEND),
    "kind": ("coordinator", "/visits/{visit.approved}/kind/", KIND),
    "repeat": (
        "cadre",
        "/plans/{plan.draft}/visits/{visit.draft}/repeat/",
        {"until": "31/01/2019", "confirmed": ""},
    ),
    "team": ("cadre", "/plans/{plan.draft}/visits/{visit.draft}/team/", {"colleagues": "1"}),
    "hints": ("cadre", "/me/hints/", {"page": "plans", "next": "/"}),
    "meeting": ("head", "/quarter/NT/2018-4/meeting/", MEETING),
    "convene": ("secretary", "/sittings/convene/", {"held_on": "20/12/2018", "chair": "1"}),
    "presence": (
        "secretary",
        "/sittings/{sitting.open}/presence/",
        {"chair": "1", "absent_1": "on", "reason_1": "Ốm", "absent_3": "", "reason_3": ""},
    ),
    "line": ("secretary", "/sittings/{sitting.open}/lines/{line}/", DECIDE),
    "lines": ("secretary", "/sittings/{sitting.open}/lines/agree/", {"line": "1-0", "dossier": ""}),
    "direction": (
        "secretary",
        "/sittings/{sitting.open}/directions/",
        {"text": "Rút kinh nghiệm", "department": ""},
    ),
    "close": (
        "secretary",
        "/sittings/{sitting.open}/close/",
        {"version": "0", "wording": "0", "notice_number": "2-TB/TĐTN-TCKT"},
    ),
    "delegation": ("head", "/me/delegations/", DELEGATION),
    "leave": ("coordinator", "/people/1/leave/", {"last_day": "31/12/2018", "seen": ""}),
    "exemption": ("coordinator", "/people/1/exemption/", EXEMPTION),
    "regulation": ("administrator", "/regulation/1/change/", {"target_days": "45", "seen": ""}),
    "version": ("administrator", "/regulation/new/", VERSION),
    "annual": (
        "secretary",
        "/reports/annual/",
        {"year": "2018", "as_of": "24/10/2018", "department": "", "form_key": "x"},
    ),
}
FORMS |= {
    "product": (
        "cadre", "/products/{product.owed}/write/",
        {"title": "Báo cáo", "summary": "Nêu ba đề xuất", "link": "https://a.example/x"},
    ),
    "notice answer": (
        "unit", "/notices/{notice.sent}/answer/",
        {"answer": "other_day", "proposed_on": "24/12/2018", "remark": "Bận", "version": "1"},
    ),
    "confirmation answer": (
        "unit", "/confirmations/{confirmation.asked}/answer/",
        {"answer": "correct", "proposed_from": "18/07/2018", "proposed_to": "18/07/2018",
         "proposed_session": "morning", "remark": "Chỉ buổi sáng", "version": "1"},
    ),
    "reply": (
        "cadre", "/confirmations/{confirmation.disputed}/reply/",
        {"text": "Đã làm việc với Bí thư xã", "version": "1"},
    ),
    "ask": ("inspector", "/confirmations/ask/", {"visit": "1", "only": "1", "question": "Ai?"}),
    "activity": (
        "office_head", "/programme/new/",
        {"title": "Hội trại", "starts_on": "05/12/2018", "ends_on": "", "department": "1",
         "person": "1", "host_unit": "1", "note": "Ghi chú", "revision": ""},
    ),
    "cluster": (
        "administrator", "/clusters/{cluster}/join/", {"starts_on": "01/12/2018", "units": "2"},
    ),
    "remark": ("unit", "/visits/{visit.approved}/remark/", {"text": "Cán bộ đến đúng giờ"}),
    "overview": (
        "cadre", "/units/{unit}/overview/",
        {"organisation": "12 cơ sở", "activity": "", "advantages": "", "difficulties": "",
         "questions": "Vốn vay"},
    ),
}  # fmt: skip
# Address, and the parameters it reads.
QUERIES = {
    "/plans/": ["year", "state"],
    "/visits/": ["page", "year", "quarter", "state", "kind", "unit", "person", "department",
                 "waiting", "whose", "format"],
    "/units/": ["page", "name", "level", "cluster", "on", "format"],
    "/programme/": ["page", "year", "month", "department", "words", "format"],
    "/clusters/": ["year", "format"],
    "/inbox/": ["page", "show"],
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
    "/reports/dashboard/": ["year", "as_of"],
    "/reports/people/": ["year", "as_of", "department", "standing", "format"],
    "/reports/people/1/days/": ["year", "as_of", "reason"],
    "/reports/panels/standing/": ["cadre", "year", "as_of"],
    "/reports/panels/weekly/": ["year", "as_of"],
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


@pytest.fixture(autouse=True)
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


def browser_of(papers, role):
    browser = Client(raise_request_exception=False)
    if role != "anonymous":
        browser.force_login(papers.people[role])
    return browser


def filled(papers, address):
    numbers = {
        f"{{{kind}.{name}}}": str(paper.pk)
        for kind in ("plan", "visit", "sitting", "product", "notice", "confirmation", "request")
        for name, paper in getattr(papers, f"{kind}s").items()
    }
    numbers["{unit}"] = str(papers.agency.unit.pk)
    numbers["{cluster}"] = str(EmulationCluster.objects.get().pk)
    numbers["{line}"] = str(papers.sittings["open"].lines.get().pk)
    for name, number in numbers.items():
        address = address.replace(name, number)
    return address


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


def variants(fields):
    """Each field with each value; missing, twice, as an array; all fields hostile at once."""
    good = {name: value.encode() for name, value in fields.items()}
    for name, own in good.items():
        rest = [(other, value) for other, value in good.items() if other != name]
        for value in EACH:
            yield f"{name}={value[:20]!r}", [*rest, (name, value)]
        yield f"{name} missing", rest
        yield f"{name} twice", [*rest, (name, own), (name, b"x")]
        yield f"{name}[]", [*rest, (f"{name}[]", own)]
    for value in VALUES:
        yield f"all={value[:20]!r}", [(name, value) for name in good]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_answers_with_an_error_of_ours(papers, form):
    role, address, fields = FORMS[form]
    browser, address = browser_of(papers, role), filled(papers, address)
    first = papers.agency.secretary.pk
    fields = {name.replace("_1", f"_{first}"): value for name, value in fields.items()}
    failed = {
        what: status
        for what, body in variants(fields)
        if (status := sent(browser, address, body)) >= 500
        or (status == 404 and form != "open plan")
    }
    assert failed == {}


@pytest.mark.parametrize("address", QUERIES)
def test_no_question_in_an_address_answers_with_an_error(papers, address):
    role = "inspector" if address == "/confirmations/" else "secretary"
    browser, failed = browser_of(papers, role), {}
    for name in QUERIES[address]:
        for value in [value for value in VALUES if len(value) <= 10_000] + [b"csv", b"\0"]:
            query = f"{name}={quote_from_bytes(value)}"
            answer = browser.get(f"{filled(papers, address)}?{query}")
            if answer.status_code >= 500:
                failed[query[:60]] = answer.status_code
            body_of(answer)

    assert failed == {}


def test_no_part_of_an_address_answers_with_an_error(papers):
    browser, failed = browser_of(papers, "secretary"), []
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
}


@pytest.mark.parametrize("form", KEPT)
def test_what_was_typed_stays_in_the_form(papers, form):
    role, address, fields = FORMS[form]
    first = papers.agency.secretary.pk
    fields = {
        name.replace("_1", f"_{first}"): value for name, value in (fields | KEPT[form]).items()
    }
    answer = browser_of(papers, role).post(filled(papers, address), fields)

    assert answer.status_code in (409, 422)
    assert TYPED in answer.content.decode()


ATTACK = '"><img src=x onerror=alert(1)>'


@pytest.mark.parametrize("role", ["head", "secretary"])
def test_markup_in_any_text_is_shown_as_text(december, role):
    papers = make_papers(around=ATTACK)
    browser, raw, shown = browser_of(papers, role), [], 0
    for found in addresses(papers, at_most=5).values():
        for address in found:
            if "logout" in address or "/file/" in address:
                continue
            body = body_of(browser.get(address))
            shown += "-KIN&quot;&gt;&lt;img" in body
            if "<img src=x" in body:
                raw.append(address)

    assert raw == []
    assert shown > 5  # a control: the texts do show
