"""The words of ``accounts.words`` as filters and tags of the pages."""

from accounts import words
from config.ui.library import register

for filter_of_pages in (
    words.days,
    words.days1,
    words.nb,
    words.day,
    words.date_range,
    words.weekday,
    words.person,
    words.quarter,
):
    register.filter(filter_of_pages.__name__, filter_of_pages)
register.simple_tag(words.day_name)
