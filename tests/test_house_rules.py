"""Rules about the source that no linter knows. Each can fail: its control shows it."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "fieldvisits", "reports")
CODE = (*APPS, "config", "tests")
LONGEST_FILE, LONGEST_TEMPLATE = 300, 80  # lines
LONGEST_FUNCTION, LONGEST_VIEW, LONGEST_TEST = 40, 20, 25

# Where a state may be set: the one door, and the import that creates rows in given states.
STATE_WRITERS = re.compile(r"fieldvisits/actions/door\.py|.*/interchange/.*")

Rule = Callable[[str, str], bool]


def writes_a_state(path: str, text: str) -> bool:
    """``paper.state = …`` or ``update(state=…)`` in an app, outside the door."""
    if not path.startswith(("fieldvisits/", "reports/")) or STATE_WRITERS.fullmatch(path):
        return False
    if "/migrations/" in path:
        return False
    return bool(re.search(r"\.state = |\bupdate\([^)]*\bstate=", text))


def silences_without_a_reason(_path: str, text: str) -> bool:
    """``# noqa`` needs a rule and a reason after ``--``; ``type: ignore`` a code and a reason."""
    bare_noqa = re.search(r"#\s*noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* -- \S)", text)
    bare_ignore = re.search(r"#\s*type:\s*ignore(?!\[[\w,-]+\]  # \S)", text)
    return bool(bare_noqa or bare_ignore)


def has_a_name_that_says_nothing(path: str, text: str) -> bool:
    said = re.search(r"(^|[/_])(utils?|helpers?|common|services?|misc)(/|\.py$)", path)
    return bool(said or re.search(r"^class \w*(Mixin|Helper|Utils?)\b", text, re.MULTILINE))


def listens_to_a_signal(_path: str, text: str) -> bool:
    return bool(re.search(r"@receiver\b|\b(pre|post)_(save|delete)\.connect\(", text))


def is_too_long(path: str, text: str) -> bool:
    if path.startswith("tests/") or "/migrations/" in path:
        return False
    return text.count("\n") > LONGEST_FILE


def functions(text: str) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


def longest(path: str, function: ast.FunctionDef) -> int:
    """A view is what an address names: public, in ``views``, with the request first."""
    first = function.args.args[0].arg if function.args.args else ""
    if path.startswith("tests/"):
        return LONGEST_TEST if function.name.startswith("test_") else LONGEST_FUNCTION
    is_view = "/views/" in path and first == "request" and not function.name.startswith("_")
    return LONGEST_VIEW if is_view else LONGEST_FUNCTION


def has_a_long_function(path: str, text: str) -> bool:
    """From ``def`` to the last line."""
    return "/migrations/" not in path and any(
        1 + (function.end_lineno or 0) - function.lineno > longest(path, function)
        for function in functions(text)
    )


def hides_a_sentence(_path: str, text: str) -> bool:
    """A sentence inside an f-string is never collected, so it stays English on every screen."""
    asks = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asks
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
    )


def says_the_day_of_utc(_path: str, text: str) -> bool:
    """An instant as the database gives it, in an f-string: before seven it is still yesterday.

    What ``localtime`` or ``localdate`` made of it, and what is called otherwise, may be said.
    """
    return any(
        re.search(r"\.(\w+_)?at$|^at$", ast.unparse(part.value))
        and part.format_spec
        and "%d" in ast.unparse(part.format_spec)
        for part in ast.walk(ast.parse(text))
        if isinstance(part, ast.FormattedValue)
    )


def renames_a_question(_path: str, text: str) -> bool:
    """Sentences are collected by the name of the call: under another name they stay English."""
    return bool(re.search(r"\bn?p?gettext(_lazy)? as (?!_\b)", text))


def says_a_rule_number(_path: str, text: str) -> bool:
    """In a sentence people read; the settings' labels, which begin small, lead to their rule."""
    asks = {"_", "gettext", "gettext_lazy", "pgettext_lazy"}
    said = (
        arg.value
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asks
        for arg in call.args
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    )
    return any(one[:1].isupper() and re.search(r"\(R\d", one) for one in said)


def shows_a_rule_number(_path: str, text: str) -> bool:
    return bool(re.search(r"\(R\d", text))


def is_a_long_template(_path: str, text: str) -> bool:
    return text.count("\n") > LONGEST_TEMPLATE


def has_inline_style_or_script(path: str, text: str) -> bool:
    """The Content-Security-Policy would refuse it. Documents for paper are not served."""
    if "/documents/" in path or "/email/" in path:
        return False
    script = r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"
    return bool(re.search(rf"\sstyle=|<style\b|{script}|\son[a-z]+=\"", text))


def looks_elsewhere(_path: str, text: str) -> bool:
    """Pages load nothing from other hosts."""
    return bool(re.search(r"""(src|href|url)\s*[=(]\s*["']?(https?:)?//(?!www\.w3\.org)""", text))


def names_a_registry(_path: str, text: str) -> bool:
    """Where packages come from is told by the machine (pip.conf, sources.list), not by us."""
    return bool(
        re.search(r"p[y]pi\.org|p[y]thonhosted|n[p]mjs\.|d[e]b\.debian\.org|--index[-]url", text)
    )


PYTHON_RULES: dict[Rule, tuple[str, str]] = {
    writes_a_state: ("fieldvisits/tasks.py", "plan.state = State.APPROVED"),
    silences_without_a_reason: ("accounts/text.py", "x = 1  # noq" + "a: E501"),
    has_a_name_that_says_nothing: ("accounts/utils.py", ""),
    listens_to_a_signal: ("accounts/apps.py", "@rece" + "iver(post_save)"),
    is_too_long: ("accounts/text.py", "\n" * 301),
    hides_a_sentence: ("reports/overview/drafting.py", "f\"{day}: {_('not yet')}\""),
    renames_a_question: ("accounts/text.py", "from x import gettext as " + "_now"),
    says_the_day_of_utc: ("fieldvisits/desk/papers.py", 'f"{plan.moved_at:%d/%m}"'),
    says_a_rule_number: ("accounts/text.py", '_("Nobody decides on their own (R17).")'),
    has_a_long_function: ("accounts/views/desk.py", "def desk(request):\n" + "    x = 1\n" * 20),
}
TEMPLATE_RULES: dict[Rule, tuple[str, str]] = {
    has_inline_style_or_script: ("templates/base.html", '<p style="color: red">'),
    looks_elsewhere: ("templates/base.html", '<script src="https://cdn.example/x.js">'),
    shows_a_rule_number: ("templates/base.html", "<p>It counts once (R18).</p>"),
    is_a_long_template: ("templates/base.html", "\n" * 81),
}


def sources(folders: tuple[str, ...], suffix: str) -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for folder in folders
        for path in sorted((ROOT / folder).rglob(f"*{suffix}"))
        if path != Path(__file__)  # it quotes what it forbids
    }


SET_UP = ("requirements*.txt", "Dockerfile", "docker-compose.yml", "Makefile", "bin/*", ".ci/*")


@pytest.mark.parametrize("pattern", SET_UP)
def test_set_up_names_no_registry(pattern):
    files = [path for path in ROOT.glob(pattern) if path.is_file()]

    assert files
    assert [path for path in files if names_a_registry("", path.read_text())] == []


def test_registry_in_a_set_up_file_is_seen():
    assert names_a_registry("Dockerfile", "RUN pip install --index" + "-url https://mirror/ x")


def named(rule: Rule) -> str:
    return rule.__name__


@pytest.mark.parametrize("rule", PYTHON_RULES, ids=named)
def test_python_source_keeps_the_rule(rule):
    assert [path for path, text in sources(CODE, ".py").items() if rule(path, text)] == []


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=named)
def test_template_keeps_the_rule(rule):
    templates = sources(("templates", *APPS), ".html")

    assert templates
    assert [path for path, text in templates.items() if rule(path, text)] == []


@pytest.mark.parametrize("rule", PYTHON_RULES | TEMPLATE_RULES, ids=named)
def test_rule_can_fail(rule):
    path, text = (PYTHON_RULES | TEMPLATE_RULES)[rule]

    assert rule(path, text)


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noq" + "a",
        "x = f()  # type: igno" + "re",
        "x = f()  # type: igno" + "re[arg-type]",
    ],
)
def test_silence_without_rule_and_reason_is_seen(line):
    assert silences_without_a_reason("accounts/text.py", line)


def test_silence_with_rule_and_reason_is_accepted():
    assert not silences_without_a_reason(
        "accounts/text.py",
        "a  # noqa: E501 -- a table\nb  # type: ignore[misc]  # the stubs lag behind\n",
    )


@pytest.mark.parametrize(
    ("path", "name", "lines"),
    [
        ("accounts/text.py", "clean", LONGEST_FUNCTION),
        ("accounts/views/desk.py", "desk", LONGEST_VIEW),
        ("accounts/views/desk.py", "_part", LONGEST_FUNCTION),
        ("tests/test_text.py", "test_text", LONGEST_TEST),
    ],
)
def test_function_may_have_so_many_lines_and_no_more(path, name, lines):
    text = f"def {name}(request):\n" + "    x = 1\n" * (lines - 1)

    assert not has_a_long_function(path, text)
    assert has_a_long_function(path, text + "    x = 1\n")


def test_the_one_door_may_write_a_state():
    assert not writes_a_state("fieldvisits/actions/door.py", "x.update(state=target)")
