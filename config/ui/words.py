"""The words of ``accounts.words`` as filters and tags of the pages."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import words
from accounts.outbox import kind_in_words
from config.ui.library import register

for filter_of_pages in (
    words.days,
    words.days1,
    words.day_count,
    words.comrades,
    words.visits,
    words.lines,
    words.departments,
    words.nb,
    words.day,
    words.date_range,
    words.weekday,
    words.person,
    words.quarter,
):
    register.filter(filter_of_pages.__name__, filter_of_pages)
register.simple_tag(words.day_name)


@register.filter
def message_kind(kind: str) -> str:
    """What a message is about, in general."""
    return kind_in_words(kind)


@register.filter
def unbroken(text: str) -> SafeString:
    """Keep a number like 52-TB/TĐTN-TCKT on one line."""
    return format_html('<span class="nb">{}</span>', text)
