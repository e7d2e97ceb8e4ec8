"""A QR code as a drawing in the page: no file, nothing to fetch, sharp on any printer."""

from __future__ import annotations

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around it: readers need them


def qr_svg(text: str, *, label: str) -> SafeString:
    """Return ``text`` as an SVG; dark modules that stand beside each other are one bar."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="160" height="160"'
        ' shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#ffffff"/>'
        '<path fill="#000000" d="{}"/></svg>',
        label,
        len(rows),
        len(rows),
        "".join(_bars(row, y) for y, row in enumerate(rows)),
    )


def _bars(row: list[bool], y: int) -> str:
    found, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end]:
            end += 1
        if end > x:
            found.append(f"M{x} {y}h{end - x}v1H{x}z")
        x = end + 1
    return "".join(found)
