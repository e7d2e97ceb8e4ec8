"""The components: what they refuse, what they say, how errors are tied to their fields."""

import hashlib
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.apps import apps
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from accounts import looks, palette, words
from config.ui import states
from config.ui.gallery import gallery

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("static/vendor", "static/fonts/be-vietnam-pro", "tests/browser/vendor")


def draw(source: str, **context: object) -> str:
    return Template("{% load ui crispy_forms_filters %}" + source).render(Context(context))


class VisitForm(forms.Form):
    unit = forms.CharField(label="Unit", help_text="Its full name")
    session = forms.ChoiceField(label="Session", choices=[("am", "AM")], widget=forms.RadioSelect)
    remark = forms.CharField(label="Remark", required=False)


@pytest.mark.parametrize(
    "source",
    [
        '{% glyph "late" colour="red" %}',
        '{% badge label="x" color="red" %}',
        '{% card title="x" hue="warn" %}{% endcard %}',
        "{% card %}{% endcard %}",
        '{% note kind="bad" %}{% endnote %}',
        "{% pager page nonsense=1 %}",
    ],
)
def test_component_with_an_unknown_argument_is_a_syntax_error(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


@pytest.mark.parametrize(
    "source",
    ['{% glyph "lat" %}', '{% badge label="x" tone="red" %}', '{% half_day_tile "full" "" %}'],
)
def test_component_with_an_unknown_look_is_refused(source):
    with pytest.raises(ValueError, match="no such"):
        draw(source)


@pytest.mark.parametrize(
    ("halves", "text", "column"),
    [
        (83, "41,5", "41,5"),
        (120, "60", "60,0"),
        (0, "0", "0,0"),
        (10320, "5.160", "5.160,0"),
        (None, "", ""),
    ],
)
def test_days_in_vietnamese_have_a_comma(halves, text, column):
    with override("vi"):
        assert (words.days(halves), words.days1(halves)) == (text, column)


def test_days_in_english_have_a_point():
    with override("en"):
        assert (words.days(83), words.days1(10320)) == ("41.5", "5,160.0")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2018, 10, 23), date(2018, 10, 24), "23–24/10/2018"),
        (date(2018, 10, 23), date(2018, 10, 23), "23/10/2018"),
        (date(2018, 10, 31), date(2018, 11, 1), "31/10–01/11/2018"),
        (date(2018, 12, 31), date(2019, 1, 1), "31/12/2018–01/01/2019"),
    ],
)
def test_date_range_repeats_nothing(start, end, text):
    assert words.date_range(start, end) == text


def test_quarter_and_weekday_follow_the_language():
    quarter = SimpleNamespace(year=2018, number=4)
    with override("vi"):
        assert words.quarter(quarter) == "Quý\N{NO-BREAK SPACE}IV/2018"
        assert words.weekday(date(2018, 10, 21)) == "CN"
    with override("en"):
        assert words.quarter((2018, 4)) == "Q4/2018"
        assert words.weekday(date(2018, 10, 21)) == "Sun"


def test_field_with_an_error_shows_it_above_the_control_and_names_it():
    html = draw("{{ form|crispy }}", form=VisitForm({"unit": "", "session": "am"}))

    label, hint, error, control = (
        html.index(part)
        for part in ("Unit</label>", 'id="id_unit_helptext"', 'id="id_unit_error"', "<input")
    )
    assert label < hint < error < control
    control_tag = re.search(r'<input[^>]*name="unit"[^>]*>', html).group()
    assert 'aria-describedby="id_unit_helptext id_unit_error"' in control_tag
    assert 'aria-invalid="true"' in control_tag


def test_field_without_an_error_is_not_marked():
    html = draw("{{ form|crispy }}", form=VisitForm({"unit": "x", "session": "am"}))

    assert "aria-invalid" not in html
    assert 'class="err"' not in html


def test_choices_with_an_error_are_a_described_group():
    html = draw("{{ form|crispy }}", form=VisitForm({"unit": "x"}))

    assert '<fieldset id="id_session" aria-describedby="id_session_error">' in html


def test_error_summary_leads_to_each_field():
    form = VisitForm({})
    form.add_error(None, "The quarter is closed.")

    html = draw("{% error_summary form %}", form=form)

    assert re.findall(r'<a href="(#[^"]+)"', html) == ["#id_unit", "#id_session"]
    assert "The quarter is closed." in html
    assert 'role="alert"' in html


def test_error_summary_of_a_formset_names_the_row():
    formset = forms.formset_factory(VisitForm)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-unit": "x"}
    )
    with override("en"):
        html = draw("{% error_summary formset %}", formset=formset)

    assert "#id_form-1-unit" in html
    assert "Row 2: Unit" in html


def test_error_summary_without_errors_is_nothing():
    assert draw("{% error_summary form %}", form=VisitForm()).strip() == ""


def test_state_badge_has_word_shape_and_colour():
    paper = SimpleNamespace(
        _meta=SimpleNamespace(model_name="plan"),
        state="returned",
        get_state_display=lambda: "Returned",
    )
    html = draw("{% state_badge paper %}", paper=paper)

    assert 'class="badge is-warn"' in html
    assert "#s-returned" in html
    assert "<span>Returned</span>" in html


def test_every_look_uses_a_shape_and_tone_that_exist():
    assert {look.shape for look in looks.STATE_LOOK.values()} <= states.SHAPES
    assert {look.tone for look in looks.STATE_LOOK.values()} <= states.TONES


def test_every_state_of_every_model_has_a_look():
    named = ("state", "product", "confirmation", "decision")
    missing = [
        (model._meta.label, field.name, state)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.choices and field.name in named
        for state, _label in field.choices
        if looks.look_key(model._meta.model_name, field.name, state) not in looks.STATE_LOOK
    ]
    assert missing == []


def test_every_shape_is_drawn_in_the_sprite():
    sprite = (ROOT / "templates/components/sprite.html").read_text()

    assert set(re.findall(r'<symbol id="s-(\w+)"', sprite)) == states.SHAPES


def test_meter_carries_literal_colours_and_its_numbers():
    figures = {"done": 83, "provisional": 4, "ahead": 19, "target": 120, "pace": 96}
    with override("vi"):
        html = draw("{% meter figures %}", figures=figures)

    assert f'fill="{palette.ACCENT}"' in html
    assert 'width="69.17%"' in html
    assert [n for n in ("41,5", "2,0", "9,5", "53,0", "7,0") if f">{n}</td>" not in html] == []


def test_text_in_a_component_is_escaped():
    html = draw("{% card title=bad %}{{ bad }}{% endcard %}{% badge label=bad %}", bad="<b>x")

    assert "<b>x" not in html


@pytest.mark.django_db
def test_one_of_a_thing_is_said_so():
    with override("en"):
        assert (words.comrades(1), words.comrades(2)) == ("1 comrade", "2 comrades")
        assert (words.visits(1), words.lines(0)) == ("1 visit", "0 lines")
        assert (words.day_count(2), words.day_count(1)) == ("1 day", "0.5 days")
        assert (words.departments(1), words.day_count(0)) == ("1 department", "0 days")


def test_gallery_shows_every_component():
    request = RequestFactory().get("/gallery/")

    html = gallery(request).content.decode()

    for part in (
        "holder",
        "errors",
        "todo",
        "figures",
        "meter",
        "week",
        "quarter",
        "steps",
        "chip",
    ):
        assert f'class="{part}' in html


def test_gallery_is_not_served_without_debug(client):
    assert client.get("/gallery/").status_code in {302, 404}


@pytest.mark.parametrize("folder", LOCKS)
def test_vendored_file_is_the_one_that_was_locked(folder):
    lines = (ROOT / folder / "CHECKSUMS").read_text().splitlines()
    locked = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}

    there = {
        path.relative_to(ROOT / folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name not in {"CHECKSUMS", "ORIGIN.md"}
    }
    assert there == locked


def test_vendored_script_names_no_source_map():
    scripts = list((ROOT / "static/vendor").rglob("*.js"))

    assert scripts
    assert [path.name for path in scripts if "sourceMappingURL" in path.read_text()] == []


def test_style_sheets_name_colours_only_in_tokens():
    bare = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)
    found = {
        path.name: bare.findall(path.read_text())
        for path in (ROOT / "static/css").glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }
    assert {name: colours for name, colours in found.items() if colours} == {}
