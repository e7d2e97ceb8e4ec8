"""The net under the templates itself: what it catches, and what it lets through."""

import pytest
from django.template import Context, Origin, Template, engines

from tests.undefined_variables import OURS, UndefinedVariableError


def render(text: str, path: str) -> str:
    engine = engines["django"].engine
    return Template(text, origin=Origin(path), engine=engine).render(Context({"known": 1}))


def test_unknown_name_in_our_template_is_an_error_with_its_place():
    with pytest.raises(UndefinedVariableError, match=r"page\.html:2: there is no unknown"):
        render("{{ known }}\n{{ unknown }}", f"{OURS[0]}page.html")


def test_question_whether_a_name_is_there_is_no_error():
    assert render("{% if unknown %}yes{% endif %}{{ known }}", f"{OURS[0]}page.html") == "1"


def test_unknown_name_in_a_template_of_a_package_prints_nothing():
    assert render("{{ unknown }}{{ known }}", "/site-packages/crispy/field.html") == "1"
