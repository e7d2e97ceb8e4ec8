"""Which of the texts in ``tests.factories.papers`` a role may come across, anywhere."""

from tests.flows.permission_table import SEEN_BY

AGENCY = {
    "cadre", "colleague", "deputy", "head", "outsider", "other_head", "coordinator", "member",
    "in_charge", "secretary", "office_head", "inspector", "clerk", "administrator",
}  # fmt: skip
COMMITTEE = {"member", "in_charge", "secretary"}
RURAL = {"cadre", "colleague", "deputy", "head"}
BEFORE_COMMITTEE = RURAL | {"coordinator"} | COMMITTEE
READ_REMARKS = {"head", "unit", "inspector"} | COMMITTEE  # not passed on to the cadre
READ_RESULTS = {"cadre", "head"} | COMMITTEE
PUBLIC_VISITS = ("approved", "reported", "accepted")
PUBLIC_TEXTS = {"KIN-sitting-closed-direction-KIN", "KIN-sitting-closed-reason-KIN",
                "KIN-sitting-closed-absence-KIN"}  # fmt: skip
WRITTEN = ("results", "difficulties", "proposals")
PLANNED = ("content", "expected_result", "role", "inspection_programme")
# Texts of each kind of paper, for whoever finds the paper.
TEXTS = {
    "plan": ["comment", *PLANNED],
    "dossier": ["present", "conclusions", "missing_reason", "comment"],
    "sitting": ["direction", "reason", "absence"],
    "request": [*PLANNED, "reason", "endorsement", "result"],
    "job": ["file"],
    "product": ["title", "summary"],
    "unitnotice": ["remark"],
    "confirmation": ["question", "remark", "cadre_answer"],
    "weekly": [*WRITTEN, "comment"],
    "activity": ["title", "note"],
    "annual": [*WRITTEN, "lessons", "comment"],
    "issue": ["text", "answer", "comment"],
    "quarterly": [*WRITTEN, "self_assessment", "comment"],
}


def may_read(role):
    readable = {f"KIN-inbox-{role}-{name}-KIN" for name in ("subject", "body")}
    readable |= PUBLIC_TEXTS if role in AGENCY else set()
    readable |= {"KIN-remark-text-KIN"} if role in READ_REMARKS else set()
    if role in {"head", "deputy", "administrator"}:  # the two it is between
        readable.add("KIN-delegation-reason-KIN")
    if role == "administrator":
        readable.add("KIN-import-name-KIN")
    if role == "head":  # "what is held about me": also what one said oneself, to nobody else
        readable.add("KIN-draft-comment-KIN")
    if role == "gone_head":  # the settled plan, with its rows as far as they were planned
        readable |= {f"KIN-{name}-{text}-KIN" for name in PUBLIC_VISITS for text in PLANNED}
    if role == "office_head":  # writes the minutes: reads what is decided on
        for name in ("before", "approved", "declined"):
            readable |= {f"KIN-{name}-{text}-KIN" for text in (*PLANNED, "comment")}
    if role == "other_head":  # asked to come along on a visit still in draft
        readable.add("KIN-draft-content-KIN")
    for line, seen_by in SEEN_BY.items():
        kind, name = line.split()
        if role in seen_by:
            texts = _of_visit(role, name) if kind == "visit" else TEXTS.get(kind, [])
            about = {"plan": name, "visit": name, "job": f"job_{name}"}.get(kind, f"{kind}-{name}")
            readable |= {f"KIN-{about}-{text}-KIN" for text in texts}
    return readable


def _of_visit(role, name):
    """Everybody in the agency finds an approved one; its content and its result fewer read."""
    asked = role == "inspector" and name in ("reported", "accepted")
    planned = name not in PUBLIC_VISITS or role in BEFORE_COMMITTEE | {"unit"} or asked
    texts = list(PLANNED) if planned else []
    return [*texts, "result", "comment"] if role in READ_RESULTS or asked else texts
