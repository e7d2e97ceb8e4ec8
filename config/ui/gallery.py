"""Every component on one page, for who draws screens. Routed on a DEBUG server only."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.ui.states import SHAPES

TODAY = date(2018, 10, 19)
FRIDAY, EDITED, LAST, FIRST_WEEK = 4, 6, 12, 7


NAVIGATION = [
    {
        "label": "Của tôi",
        "items": [
            {"label": "Bàn làm việc", "url": "#", "count": 4, "current": True},
            {"label": "Kế hoạch quý", "url": "#", "count": 0, "current": False},
        ],
    },
    {"label": "Cơ sở", "items": [{"label": "Đơn vị", "url": "#", "count": 0, "current": False}]},
]


class Visitor:
    """Somebody who is signed in, for the shell around the components."""

    is_authenticated = True

    def __str__(self) -> str:
        return "Trần Thu Hà"


class GalleryForm(forms.Form):
    unit = forms.ChoiceField(
        label="Đơn vị",
        choices=[("", "Chọn đơn vị"), ("1", "Huyện đoàn Ba Vì"), ("2", "Quận đoàn Đống Đa")],
        widget=forms.Select(attrs={"data-search": ""}),
    )
    starts_on = forms.DateField(label="Từ ngày", help_text="Ví dụ: 30/10/2018")
    session = forms.ChoiceField(
        label="Buổi",
        choices=[("full", "Cả ngày"), ("am", "Sáng"), ("pm", "Chiều")],
        widget=forms.RadioSelect,
        initial="full",
    )
    answer = forms.ChoiceField(
        label="Trả lời của đơn vị",
        choices=[("yes", "Đón được đoàn"), ("other", "Đề nghị ngày khác")],
        widget=forms.RadioSelect,
    )
    content = forms.CharField(label="Nội dung cụ thể", widget=forms.Textarea)
    remark = forms.CharField(label="Ghi chú", required=False)
    sure = forms.BooleanField(label="Tôi đã đọc lại")


def _week() -> list[dict[str, Any]]:
    monday = date(2018, 10, 15)
    visits = {
        1: ("miss", "", "Huyện đoàn Sóc Sơn", ("bad", "late", "Chưa ghi kết quả")),
        2: ("done", "done", "Huyện đoàn Ba Vì", ("ok", "accepted", "Đã công nhận")),
        4: ("", "appr", "Huyện đoàn Phúc Thọ", ("now", "approved", "Được duyệt")),
    }
    week = []
    for number in range(7):
        am, pm, title, badge = visits.get(number, ("", "", "", None))
        visit = {"title": title, "url": "#", "text": "Dự sinh hoạt chi đoàn.", "badge": badge}
        week.append(
            {
                "date": monday + timedelta(number),
                "am": am,
                "pm": pm,
                "today": number == FRIDAY,
                "weekend": number > FRIDAY,
                "visits": [visit] if title else [],
            }
        )
    return week


def _quarter() -> dict[str, Any]:
    first = date(2018, 10, 1)
    weeks = []
    for number in range(13):
        monday = first + timedelta(weeks=number)
        days: list[dict[str, Any]] = [{"weekend": day > FRIDAY} for day in range(7)]
        if number % 3 == 1:
            days[1] = {"am": "plan", "pm": "plan", "says": "cả ngày Ba Vì", "other": number == 1}
        if number == EDITED:
            days[2] = {"am": "sel", "pm": "sel", "says": "đang sửa"}
        if number == LAST:
            days[0] = {"am": "off", "pm": "off", "says": "ngày nghỉ"}
        starts_month = monday.day <= FIRST_WEEK
        weeks.append(
            {
                "number": 40 + number,
                "first": monday,
                "total": 2 * (number % 3 == 1),
                "days": days,
                "starts_month": starts_month,
            }
        )
    return {"caption": "Lịch các buổi đã đăng ký", "weeks": weeks}


def _paper() -> dict[str, Any]:
    done = [
        {"label": word, "when": when, "who": "Trần Thu Hà", "position": "past"}
        for word, when in (("Đăng ký", "04/07/2018"), ("Đã đi", "25–26/09/2018"))
    ]
    return {
        "facts": {
            "state_label": "Chờ công nhận",
            "tone": "now",
            "shape": "wait",
            "holder": "Đồng chí Phạm Đức Long, Trưởng ban",
            "since": "10/10/2018 (9 ngày)",
            "next_step": "Nghiệm thu sản phẩm chuyên đề; sau đó 2 ngày được công nhận chính thức",
        },
        "steps": [
            *done,
            {"label": "Công nhận", "when": "từ 10/10", "who": "Phạm Đức Long", "position": "now"},
            {"label": "Đơn vị xác nhận", "when": "khi đề nghị", "who": "", "position": "next"},
        ],
        "history": [
            {
                "at": "10/10/2018 16:32",
                "who": "Trần Thu Hà",
                "label": "Nộp sản phẩm",
                "comment": "18 trang",
            },
            {
                "at": "06/07/2018 15:02",
                "who": "Lưu Gia Khánh",
                "on_behalf_of": "Phạm Đức Long",
                "label": "Thống nhất",
            },
        ],
    }


CELLS = [
    {
        "label": "Ngày đã công nhận",
        "value": "4.054,0",
        "of": "5.160",
        "url": "#",
        "lead": True,
        "tone": "warn",
        "shape": "due",
        "note": "78,6%; tiến độ hôm nay 80,0%",
    },
    {
        "label": "Đúng tiến độ",
        "value": "44",
        "url": "#",
        "tone": "now",
        "shape": "done",
        "note": "người",
    },
    {
        "label": "Chậm tiến độ",
        "value": "25",
        "url": "#",
        "tone": "bad",
        "shape": "late",
        "note": "người",
    },
    {"label": "Sản phẩm còn nợ", "value": "19", "url": "#", "note": "6 quá 30 ngày"},
]


def _desk() -> dict[str, Any]:
    return {
        "todo": [
            {
                "title": "Ghi kết quả 2 chuyến đã đi",
                "url": "#",
                "tone": "bad",
                "shape": "late",
                "when": "quá hạn 4 ngày",
                "why": "Huyện đoàn Mê Linh (12/10) quá hạn từ 15/10.",
            },
            {
                "title": "Gửi báo cáo tuần 42",
                "url": "#",
                "tone": "warn",
                "shape": "due",
                "when": "hạn hôm nay 17:00",
            },
            {"title": "Xem lại số liệu của mình", "url": "#", "when": "còn 5 ngày"},
        ],
        "figures": {
            "done": 83,
            "provisional": 4,
            "ahead": 19,
            "target": 120,
            "pace": 96,
            "tone": "warn",
            "shape": "late",
            "verdict": "Chậm 6,5 ngày so với tiến độ",
        },
        "cells": CELLS,
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    wrong = GalleryForm({"starts_on": "31/02/2018", "session": "am", "content": ""})
    context = {
        "form": GalleryForm(prefix="good"),
        "wrong": wrong,
        "paper": _paper(),
        "desk": _desk(),
        "week": _week(),
        "quarter": _quarter(),
        "shapes": sorted(SHAPES),
        "job": {"label": "Đang lập: 6 trong 8 ban", "done": 6, "total": 8, "state": "running"},
        "ready": {
            "label": "Báo cáo năm 2018",
            "state": "ready",
            "state_label": "Đã xong",
            "id": "job-2",
        },
        "page": SimpleNamespace(has_next=True, next_url="?p=2", previous_url="", says="1–50"),
        "today": TODAY,
        "filters": GalleryForm(prefix="filter"),
        "user": Visitor(),
        "my_office": "Ban Thanh niên Nông thôn",
        "unread_count": 3,
        "navigation": NAVIGATION,
    }
    return render(request, "components/gallery.html", context)
