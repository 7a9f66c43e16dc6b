"""The engine prints what Jinja prints, whatever is called and whether escaping is on; text is escaped, Markup is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from digester.outputs._engine import html
from digester.outputs._templates import environment
from digester.outputs._words import words
from digester.outputs.markdown import escape as marked

TEXT = """<a href="x" title='y'>&</a>"""
VALUES = {"x": TEXT, "m": Markup("<b>bold</b>"), "n": 7, "on": True, "off": False, "call_it": lambda text: f"<{text}>"}
BOLD = "{% macro bold(t) %}<b>{{ t }}</b>{% endmacro %}"
TEMPLATES = (
    "{{ x }}{{ m }}{{ n }}{{ none }}{{ x ~ m }}{{ [x] }}{{ '<' }}{{ x|upper }}{{ x|safe }}{{ [x, m]|join(m) }}",
    BOLD + "{{ bold(x) }}{{ bold(m) }}{{ bold(bold(x)) }}{{ bold(t=x) }}{{ bold(*[x]) }}{{ bold(**{'t': x}) }}",
    BOLD + "{% for c in x %}{{ loop.index }}{{ bold(c) }}{% if not loop.last %}, {% endif %}{% endfor %}",
    BOLD + "{% block own scoped %}{{ x }}{% for c in x %}{{ c }}{% endfor %}{% endblock %}{{ self.own() }}",
    BOLD + "{% autoescape false %}{{ x }}{{ bold(x) }}{{ m }}{% endautoescape %}{{ x }}",
    BOLD + "{% autoescape off %}{{ x }}{{ bold(x) }}{% endautoescape %}{% autoescape on %}{{ x }}{{ bold(x) }}{% endautoescape %}",
    "{% macro two(t, u='<') %}{{ t }}{{ u }}{% endmacro %}{{ two(x) }}{{ two(x, m) }}{{ two(x, u=x) }}",
    "{% macro any(t) %}{{ t }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ any(x) }}{{ any(x, x) }}{{ any(x, k=x) }}",
    "{% macro box(t) %}[{{ t }}{{ caller(x) }}]{% endmacro %}{% call(u) box(x) %}{{ u }}<i>{{ x }}</i>{% endcall %}",
    "{% set y %}<i>{{ x }}</i>{% endset %}{{ y }}{% filter upper %}{{ x }}<i>{% endfilter %}{{ call_it(x) }}",
    "{% import 'parts' as parts with context %}{{ parts.bold(x) }}{% from 'parts' import bold %}{{ bold(x) }}{% include 'parts' %}",
)  # fmt: skip
REFUSED = (
    BOLD + "{{ bold(x, x) }}",
    BOLD + "{{ bold(x, k=x) }}",
    BOLD + "{{ bold() }}",
    "{{ nothing }}",
    "{{ x.nothing }}",
)


def engine(overlay: Path | None) -> Environment:
    return environment(overlay).overlay(loader=DictLoader({"parts": BOLD}))


def jinja() -> Environment:
    return Environment(
        loader=DictLoader({"parts": BOLD}), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


@pytest.mark.parametrize("sandboxed", [False, True])
@pytest.mark.parametrize("text", TEMPLATES)
def test_what_jinja_prints_is_printed(text: str, sandboxed: bool, tmp_path: Path) -> None:
    made = engine(tmp_path if sandboxed else None).from_string(text).render(VALUES)
    assert made == jinja().from_string(text).render(VALUES)


@pytest.mark.parametrize("text", REFUSED)
def test_what_jinja_refuses_is_refused(text: str) -> None:
    with pytest.raises((TypeError, UndefinedError)) as theirs:
        jinja().from_string(text).render(VALUES)
    with pytest.raises(theirs.type):
        engine(None).from_string(text).render(VALUES)


@given(st.text() | st.integers() | st.none() | st.text().map(Markup))
def test_a_value_is_escaped_as_markupsafe_does(value: object) -> None:
    assert str(html(value)) == str(escape(value))


def test_a_format_s_own_function_answers_for_every_value() -> None:
    made = environment(None, marked).from_string(
        BOLD + "{{ x }}{{ bold(x) }}{{ m }}{% set y %}{{ x }}{% endset %}{{ y }}"
    )
    text = r"""&lt;a href="x" title='y'>&&lt;/a>"""
    assert made.render(VALUES) == f"{text}<b>{text}</b><b>bold</b>{text}"


def test_words_are_attributes_and_entries_alike() -> None:
    w = words("en")
    assert w.colon == w["colon"] and dict(w) == {key: getattr(w, key) for key in w}  # type: ignore[attr-defined]
    assert not set(w) & set(dir(dict))  # none hides a method
