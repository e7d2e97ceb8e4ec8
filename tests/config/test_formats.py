"""How a date and a number are read and written."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, translation


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "text", ["28/05/2018", "28/5/2018", "28-05-2018", "28.05.2018", "28/05/18", "2018-05-28"]
)
def test_date_is_read_as_the_office_writes_it(language, text):
    with translation.override(language):
        assert forms.DateField().clean(text) == date(2018, 5, 28)


@pytest.mark.parametrize("text", ["31/02/2018", "05/28/2018", "29/02/2018", "0/1/2018", "mai"])
def test_date_that_does_not_exist_is_refused(text):
    with translation.override("vi"), pytest.raises(ValidationError):
        forms.DateField().clean(text)


def test_date_and_number_are_written_in_vietnamese():
    with translation.override("vi"):
        assert formats.date_format(date(2018, 5, 8)) == "08/05/2018"
        assert formats.number_format(Decimal("12.5")) == "12,5"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


def test_date_in_a_form_is_shown_as_it_is_read():
    with translation.override("vi"):
        assert 'value="08/05/2018"' in forms.DateField().widget.render("on", date(2018, 5, 8))
