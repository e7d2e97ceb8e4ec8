"""The rules in words, and the sentence of the source behind each (docs/regulation.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Rule:
    """``source`` is a quotation and stays as it is; empty where the office decided by itself."""

    code: str
    title: StrOrPromise
    says: StrOrPromise
    source: str = ""


RULES = (
    Rule(
        "R1",
        _("The target"),
        _(
            "Every cadre spends at least the days of the target at units in a year. It is"
            " a floor, not a ceiling; quotas by level only where they are set."
        ),
        "Cán bộ đoàn đi cơ sở tối thiểu phải đủ 02 tháng trong một năm (60 ngày/năm).",
    ),
    Rule(
        "R2",
        _("What counts"),
        _(
            "Six kinds of content count as a field visit; an inspection names its "
            "programme, a joint activity the part taken in it."
        ),
        (
            "Theo chuyên đề: điều tra, khảo sát, nắm bắt tình hình theo các nội dung, mảng, "
            "lĩnh vực công tác; nghiên cứu, tìm hiểu tình hình đoàn viên, thanh thiếu nhi.\n"
            "Phối hợp tổ chức, triển khai hoạt động tại cơ sở: tham gia triển khai các hoạt động, "
            "thực hiện các nhiệm vụ tại cơ sở đăng cai hoạt động với Thành đoàn Hà Nội.\n"
            "Kiểm tra, giám sát: đi kiểm tra, giám sát cơ sở theo chương trình, kế hoạch kiểm "
            "tra, giám sát của Ban Thường vụ, Ủy ban Kiểm tra Thành đoàn Hà Nội, Ban Thư ký, Ban "
            "Kiểm tra Hội Sinh viên, Ủy ban Hội LHTN Việt Nam thành phố Hà Nội.\n"
            "Tham gia chỉ đạo, hướng dẫn tổ chức đại hội đoàn, hội sinh viên, hội liên hiệp thanh "
            "niên cấp cơ sở, cấp huyện và tương đương.\n"
            "Dự sinh hoạt chuyên đề của hội nghị ban chấp hành, ban thường vụ đoàn, hội sinh viên, "
            "ủy ban hội liên hiệp thanh niên cấp dưới, dự sinh hoạt chi đoàn.\n"
            "Làm việc, đi công tác cơ sở với các quận, huyện, thị đoàn và đoàn trực thuộc về các "
            "nhiệm vụ công tác được phân công phụ trách. Triển khai nghị quyết của đoàn, hội và "
            "tập huấn kiến thức, nghiệp vụ công tác đoàn, hội, đội cho cơ sở."
        ),
    ),
    Rule(
        "R3",
        _("Merely attending"),
        _("Merely attending an activity never counts; it may be logged, with no day in any total."),
        "Việc đi dự hoạt động tại cơ sở không được tính là nội dung đi cơ sở.",
    ),
    Rule(
        "R4",
        _("The product"),
        _(
            "A thematic visit owes a concrete product; until it is accepted its days are "
            "provisional."
        ),
        (
            "sau khi kết thúc đi cơ sở, cán bộ phải có sản phẩm cụ thể của việc đi nghiên"
            " cứu, khảo sát chuyên đề"
        ),
    ),
    Rule(
        "R5",
        _("The quarterly plan"),
        _(
            "At the start of each quarter the cadre draws up a plan and registers it with"
            " the head. A late plan is possible and marked."
        ),
        (
            "Đầu mỗi quý cán bộ chủ động xây dựng kế hoạch đi công tác cơ sở và đăng ký "
            "với lãnh đạo ban."
        ),
    ),
    Rule(
        "R6",
        _("The department plan"),
        _(
            "The department meets, agrees and consolidates one plan, and sends it through"
            " the Organisation and Inspection department."
        ),
        (
            "Các ban họp thống nhất; tổng hợp thành kế hoạch chung của ban và gửi báo "
            "cáo, đăng ký với Thường trực Thành đoàn (qua Ban Tổ chức - Kiểm tra)."
        ),
    ),
    Rule(
        "R7",
        _("The sitting"),
        _(
            "The Standing Committee meets and decides visit by visit; it gives "
            "directions. Nobody decides on their own line."
        ),
        "Thường trực Thành đoàn họp, thống nhất kế hoạch và chỉ đạo triển khai thực hiện.",
    ),
    Rule(
        "R8",
        _("Ad-hoc visits"),
        _(
            "An ad-hoc visit needs the report of the head and the agreement of the "
            "Standing Committee."
        ),
        (
            "cán bộ đi cơ sở đột xuất theo yêu cầu công tác thì lãnh đạo ban phải báo cáo"
            " và được sự đồng ý của Thường trực Thành đoàn"
        ),
    ),
    Rule(
        "R9",
        _("Telling the unit"),
        _("The head coordinates with the host unit before the visit."),
        (
            "Lãnh đạo ban trao đổi, phối hợp với các quận, huyện, thị đoàn và đoàn trực "
            "thuộc Thành đoàn để tạo điều kiện cho cán bộ đi cơ sở."
        ),
    ),
    Rule(
        "R10",
        _("Results"),
        _(
            "At the end of each quarter the cadre reports concretely to the head; the "
            "result of a single visit is due a few days after it."
        ),
        "Cuối mỗi quý cán bộ phải báo cáo cụ thể kết quả đi cơ sở cho lãnh đạo các ban.",
    ),
    Rule(
        "R11",
        _("The annual report"),
        _(
            "Each department compiles the year and reports to the Standing Committee "
            "before 25 October."
        ),
        "gửi báo cáo Thường trực Thành đoàn qua Ban Tổ chức - Kiểm tra trước ngày 25/10 hằng năm",
    ),
    Rule(
        "R12",
        _("The weekly report"),
        _(
            "Every week with a visit owes a written report to the head: results, and "
            "proposals on new, difficult or complex matters."
        ),
        (
            "Hằng tuần, báo cáo với lãnh đạo ban về tình hình, kết quả đi công tác cơ sở "
            "bằng văn bản nêu rõ kết quả công tác, đề xuất với lãnh đạo ban các vấn đề mới, khó "
            "khăn, phức tạp (nếu có) trong đoàn viên, thanh niên."
        ),
    ),
    Rule(
        "R13",
        _("Knowing the unit"),
        _("The programme of a visit is concrete; the cadre keeps an overview of the unit."),
        (
            "Phải xây dựng nội dung, chương trình công tác cụ thể, bám sát nội dung, yêu cầu của "
            "Kế hoạch\n"
            "Nắm khái quát được tổ chức bộ máy, hoạt động, tình hình chung về công tác đoàn và "
            "phong trào thanh thiếu nhi, những thuận lợi, khó khăn của địa phương, đơn vị nơi đến "
            "công tác."
        ),
    ),
    Rule(
        "R14",
        _("Confirmation"),
        _(
            "The unit confirms on request of the Inspection Committee. A missing answer "
            "takes no day away."
        ),
        (
            "Xác nhận thông tin cán bộ của cơ quan Thành đoàn đi công tác cơ sở theo đề "
            "nghị của Ủy ban Kiểm tra Thành đoàn."
        ),
    ),
    Rule(
        "R15",
        _("The year-end grade"),
        _(
            "Results enter the self-review and the year-end grade. The software shows the"
            " evidence; people give the grade."
        ),
        "một trong những tiêu chí quan trọng để đánh giá mức độ hoàn thành nhiệm vụ cuối năm",
    ),
    Rule(
        "R16",
        _("Made known"),
        _(
            "The regulation is made known to every department, every cadre and all units;"
            " everybody says that they have read it."
        ),
        (
            "được triển khai, quán triệt sâu rộng tới toàn thể cán bộ cơ quan Thành đoàn,"
            " tới 100% các cơ sở Đoàn trực thuộc"
        ),
    ),
    Rule(
        "R17",
        _("Nobody decides on their own paper"),
        _(
            "Cadres answer to the head, heads to the member in charge, members to the "
            "Secretary, the Secretary to the first deputy."
        ),
    ),
    Rule(
        "R18",
        _("One day counts once"),
        _(
            "A half-day counts once for a person; a second unit in the same half-day "
            "counts for the unit alone."
        ),
    ),
    Rule(
        "R19",
        _("From planned to confirmed"),
        _(
            "Planned, approved, carried out, accepted and confirmed are kept apart; a day"
            " that does not count says why."
        ),
    ),
    Rule(
        "R20",
        _("Exemption"),
        _(
            "Exemptions are dated and have a reason; the target goes down only where the "
            "regulation says so."
        ),
    ),
    Rule(
        "R21",
        _("The pace"),
        _("Pace is measured on working days; holidays are a table of their own."),
    ),
    Rule(
        "R22",
        _("Emulation clusters"),
        _(
            "Units are grouped into clusters for a time, each in at most one on a day;"
            " visits and coverage are compared by cluster."
        ),
    ),
    Rule(
        "R23",
        _("The programme of the year"),
        _(
            "The year's programme of work lists the activities of the agency. A visit that"
            " organises one together with a unit names the one it belongs to."
        ),
    ),
    Rule(
        "R25",
        _("Delegation"),
        _(
            "An absent head or member delegates the office for a time; both names stand "
            "in the record."
        ),
    ),
    Rule(
        "R26",
        _("The unit observes"),
        _("The unit takes part in supervision and may report on a visit at any time."),
        (
            "đồng thời phối hợp giám sát cán bộ của cơ quan Thành đoàn thực hiện nhiệm vụ"
            " được giao, báo cáo về Thành đoàn Hà Nội"
        ),
    ),
)
