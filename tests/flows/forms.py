"""Every form there is: who fills it in, where, with what that is good."""

from accounts.models import EmulationCluster
from fieldvisits.models import Regulation

ROW = {
    "unit": "{unit}", "starts_on": "16/01/2019", "ends_on": "", "session": "full", "shared": "",
    "kind": "inspection", "content": "Kiểm tra công tác đoàn vụ tại bốn xã", "role": "",
    "expected_result": "Biên bản làm việc", "inspection_body": "bureau",
    "inspection_programme": "35-KH/TĐTN ngày 28/5/2018", "revision": "",
}  # fmt: skip
REPORT = {
    "version": "1", "starts_on": "16/07/2018", "ends_on": "16/07/2018", "session": "full",
    "result": "Đã khảo sát 104 phiếu tại ba xã",
}  # fmt: skip
AMEND = {
    "version": "1", "unit": "{unit}", "starts_on": "16/07/2018", "ends_on": "16/07/2018",
    "session": "morning", "content": "Kiểm tra công tác đoàn vụ tại bốn xã",
    "expected_result": "", "comment": "Đơn vị bận", "confirmed": "",
}  # fmt: skip
KIND = {
    "version": "1", "kind": "event_attendance", "role": "", "inspection_body": "bureau",
    "inspection_programme": "35-KH", "expected_result": "", "comment": "Chỉ dự lễ",
}  # fmt: skip
REQUEST = {**ROW, "reason": "Đơn vị đề nghị đột xuất để gỡ khó", "late_reason": ""}
ATTENDANCE = {
    "unit": "{unit}", "starts_on": "19/12/2018", "ends_on": "", "session": "morning",
    "content": "Dự lễ phát động tháng thanh niên", "role": "Đại biểu tham dự",
}  # fmt: skip
DECIDE = {
    "decision": "adjust", "version": "0", "starts_on": "2018-04-16", "ends_on": "2018-04-16",
    "session": "full", "unit": "{unit}", "reason": "Đổi ngày theo lịch của huyện",
}  # fmt: skip
WRITTEN = {"results": "Đã khảo sát ba xã", "difficulties": "", "proposals": "", "revision": ""}
MEETING = {"met_on": "01/10/2018", "present": "Toàn ban", "conclusions": "", "missing_reason": ""}
OBJECTION = {"year": "2018", "text": "Thiếu ngày 16/7 tại Sóc Sơn"}
NUMBER = {"version": "0", "notice_number": "2-TB/TĐTN-TCKT", "is_new_term": ""}
DELEGATION = {
    "delegate": "1", "starts_on": "20/12/2018", "ends_on": "31/12/2018", "reason": "Nghỉ phép",
}  # fmt: skip
EXEMPTION = {
    "reason": "sick", "starts_on": "20/12/2018", "ends_on": "", "note": "Nghỉ ốm", "seen": "",
}  # fmt: skip
VERSION = {
    "number": "2-KH", "title": "Kế hoạch", "issued_on": "01/12/2018", "first_year": "2020",
    "target_days": "45", "weekly_due_at": "17:00", "weekly_after_at": "12:00",
    "quota_branch": "30", "seen": "",
}  # fmt: skip
TABLE = {
    "starts_on": "01/01/2018", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0",
    "form-MIN_NUM_FORMS": "0", "form-MAX_NUM_FORMS": "60",
}  # fmt: skip
AGENCY = {
    "starts_on": "01/01/2018", "name": "Thành đoàn Hải Phòng", "seen": "0",
    "superior_body": "Thành đoàn Hải Phòng", "issuing_body": "Ban Thường vụ",
    "motto": "Đoàn TNCS Hồ Chí Minh", "place": "Hải Phòng", "number_code": "TĐTN",
    "number_department": "TCKT", "signed_for": "TM. Ban Thường vụ", "signed_in_place": "KT.",
    "signed_by_order": "TL.", "help_sentence": "Văn phòng, máy lẻ 12",
}  # fmt: skip
EVENT = {"on": "01/02/2019", "decision_number": "12-QĐ", "decision_on": "", "seen": ""}
FOUNDED = {"code": "MOI", "name": "Ban Mới", "short_name": "Mới", "department_kind": "department"}
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
    "wish refused": (
        "head",
        "/visits/{visit.approved}/wish/refuse/",
        {"wish": "1", "comment": "Đã hẹn"},
    ),
    "kind": ("coordinator", "/visits/{visit.approved}/kind/", KIND),
    "repeat": (
        "cadre",
        "/plans/{plan.draft}/visits/{visit.draft}/repeat/",
        {"until": "31/01/2019", "confirmed": ""},
    ),
    "team": ("cadre", "/plans/{plan.draft}/visits/{visit.draft}/team/", {"colleagues": "1"}),
    "hints": ("cadre", "/me/hints/", {"page": "plans", "next": "/"}),
    "mail": (
        "cadre",
        "/me/mail/",
        {"to_decide": "digest", "reminders": "at_once", "decided": "none", "others": "digest"},
    ),
    "lost factor": (
        "administrator",
        "/organisation/people/{cadre}/second-factor/",
        {"reason": "Mất điện thoại"},
    ),
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
    "objection": ("cadre", "/reports/people/{cadre}/objection/", OBJECTION),
    "number": ("secretary", "/sittings/{sitting.closed}/number/", NUMBER),
    "delegation": ("head", "/me/delegations/", DELEGATION),
    "leave": ("coordinator", "/people/{cadre}/leave/", {"last_day": "31/12/2018", "seen": ""}),
    "exemption": ("coordinator", "/people/{cadre}/exemption/", EXEMPTION),
    "change exemption": (
        "coordinator",
        "/exemptions/{exemption}/",
        {"ends_on": "15/03/2012", "note": "Đi làm lại", "is_mistake": "", "seen": ""},
    ),
    "regulation": (
        "administrator",
        "/regulation/{regulation}/change/",
        {"target_days": "45", "seen": ""},
    ),
    "version": ("administrator", "/regulation/new/", VERSION),
    "annual": (
        "secretary",
        "/reports/annual/",
        {"year": "2018", "as_of": "24/10/2018", "department": "", "form_key": "x"},
    ),
}
FORMS |= {
    "own address": (
        "cadre", "/me/email/", {"email": "moi@example.org", "password": "mat-khau"},
    ),
    "address": (
        "administrator", "/organisation/people/{cadre}/account/email/",
        {"email": "moi@example.org", "reason": "Đổi hộp thư"},
    ),
    "close account": (
        "administrator", "/organisation/people/{cadre}/account/access/",
        {"to": "closed", "reason": "Thôi công tác"},
    ),
    "invite": (
        "administrator", "/organisation/invitations/invite/?people={cadre}", {"seen": "x"},
    ),
    "agency": ("administrator", "/organisation/agency/", AGENCY),
    "departments": (
        "administrator", "/organisation/start/departments/",
        TABLE | {"form-0-code": "XD", "form-0-name": "Ban Xây dựng", "form-0-short_name": "XD",
                 "form-0-kind": "department", "form-0-is_coordinating": ""},
    ),
    "people": (
        "administrator", "/organisation/start/people/",
        TABLE | {"form-0-full_name": "Trần Văn Bình", "form-0-email": "binh@example.org",
                 "form-0-department": "1", "form-0-office": "cadre", "form-0-code": ""},
    ),
    "units": (
        "administrator", "/organisation/start/units/",
        {"with_table": "", "affiliated": "Đoàn Đại học Bách khoa"},
    ),
    "offices": (
        "administrator", "/organisation/start/offices/",
        {"starts_on": "01/01/2018", "inspector_1": "1", "clerk_1": ""},
    ),
    "unlock": (
        "administrator", "/administration/sign-ins/unlock/",
        {"email": "a@example.org", "reason": "Gọi điện"},
    ),
    "again": (
        "administrator", "/administration/messages/again/", {"delivery": "1", "next": "/"},
    ),
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
    "annual report": (
        "head", "/reports/annual/departments/NT/2018/",
        {"results": "Đã đi 12 xã", "difficulties": "", "lessons": "Hẹn trước", "proposals": "",
         "revision": "0", "then": "stay"},
    ),
    "issue": (
        "head", "/reports/written/weekly/{weekly}/issue/",
        {"text": "Hỗ trợ tài liệu", "owner": "1", "due_on": "28/12/2018", "version": ""},
    ),
    "import": (
        "administrator", "/organisation/import/", {"table": "people"},
    ),
    "ready-made units": ("administrator", "/organisation/import/ready-made/", {"on": "01/07/2018"}),
    "found department": ("administrator", "/organisation/departments/new/", FOUNDED | EVENT),
    "end department": (
        "administrator", "/organisation/departments/{department}/end/",
        {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-heir": "1",
         "rows-0-share": "whole", "moves_people": "on"} | EVENT,
    ),
    "merge unit": (
        "administrator", "/organisation/units/{other_unit}/merge/",
        {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-partner": "1", "into": "",
         "code": "U900", "name": "Xã Mới", "short_name": "Mới",
         "moves_people": ""} | EVENT,
    ),
    "rename unit": (
        "administrator", "/organisation/units/{other_unit}/rename/",
        {"name": "Huyện Mới", "short_name": "Mới", "level": "district", "kind": "Huyện",
         "parent": ""} | EVENT,
    ),
    "holiday": (
        "administrator", "/organisation/holidays/",
        {"do": "save", "date": "02/03/2018", "kind": "off", "name": "Nghỉ", "decision_number": ""},
    ),
    "remark": ("unit", "/visits/{visit.approved}/remark/", {"text": "Cán bộ đến đúng giờ"}),
    "overview": (
        "cadre", "/units/{unit}/overview/",
        {"organisation": "12 cơ sở", "activity": "", "advantages": "", "difficulties": "",
         "questions": "Vốn vay"},
    ),
}  # fmt: skip

DECISION = {"decision_number": "12-QĐ/TĐTN", "decision_on": "01/12/2018", "seen": ""}
FORMS |= {
    "new person": (
        "administrator", "/organisation/people/new/",
        {"code": "CB900", "full_name": "Đỗ Thị Đường", "email": "d@example.org", "phone": "0912",
         "gender": "nữ", "in_scope": "on"},
    ),
    "appoint": (
        "administrator", "/organisation/people/{cadre}/appoint/",
        {"office": "executive_bureau:member", "department": "", "unit": "",
         "starts_on": "20/12/2018", "ends_on": "", **DECISION},
    ),
    "end office": (
        "administrator", "/organisation/offices/{office}/end/",
        {"last_day": "31/12/2018", **DECISION},
    ),
    "move office": (
        "administrator", "/organisation/offices/{office}/move/",
        {"department": "2", "office": "cadre", "starts_on": "20/12/2018", **DECISION},
    ),
    "portfolio": (
        "administrator", "/organisation/portfolios/{department}/",
        {"member": "1", "starts_on": "20/12/2018", **DECISION},
    ),
}  # fmt: skip


def filled(papers, address):
    numbers = {
        f"{{{kind}.{name}}}": str(paper.pk)
        for kind in ("plan", "visit", "sitting", "product", "notice", "confirmation", "request")
        for name, paper in getattr(papers, f"{kind}s").items()
    }
    numbers["{cadre}"] = str(papers.people["cadre"].pk)
    numbers["{office}"] = str(papers.people["cadre"].appointments.get().pk)
    numbers["{department}"] = str(papers.agency.rural.pk)
    numbers["{regulation}"] = str(Regulation.objects.latest("first_year").pk)
    numbers["{weekly}"] = str(papers.weekly["submitted"].pk)
    numbers["{other_unit}"] = str(papers.agency.other_unit.pk)
    numbers["{department}"] = str(papers.agency.rural.pk)
    numbers["{exemption}"] = str(papers.people["cadre"].exemptions.get().pk)
    numbers["{unit}"] = str(papers.agency.unit.pk)
    numbers["{cluster}"] = str(EmulationCluster.objects.get().pk)
    numbers["{line}"] = str(papers.sittings["open"].lines.get().pk)
    for name, number in numbers.items():
        address = address.replace(name, number)
    return address


def numbered(papers, fields):
    """The fields, with the numbers that rows have in this database."""
    first = papers.agency.secretary.pk
    return {
        name.replace("_1", f"_{first}"): filled(papers, value) if "{" in value else value
        for name, value in fields.items()
    }
