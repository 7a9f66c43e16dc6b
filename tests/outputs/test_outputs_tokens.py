"""One set of colours for page and mail: `templates/tokens.css`, and no colour anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digester.outputs._templates import environment, folder
from digester.outputs._tokens import resolve, tokens

HERE = Path(__file__).parents[2]
COLOUR = re.compile(
    r"""(?<![&\w"'/{])\#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|%23[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\("""
    r"""|(?:color|background|border(?:-\w+)?|fill|stroke|outline)["']?\s*[:=]\s*["']?[^;{}"'<>]*\b(?:black|white|gr[ae]y|red|green|blue)\b""",
    re.IGNORECASE,
)


def places() -> list[Path]:
    found = [*folder().rglob("*.css"), *folder().rglob("*.j2"), *(HERE / "src/digester/outputs").rglob("*.py")]
    return [p for p in found if p.name != "tokens.css"]


def test_no_colour_stands_outside_the_tokens() -> None:
    assert {p.name: COLOUR.findall(p.read_text("utf-8")) for p in places() if COLOUR.search(p.read_text("utf-8"))} == {}


@pytest.mark.parametrize(
    "text",
    ["color: #fff;", "a{border:1px solid #DDD7CB}", "fill='%238a2f1b'", "background: rgb(1 2 3)", 'stroke="white"'],
)
def test_a_colour_would_be_seen(text: str) -> None:
    assert COLOUR.search(text)


def test_every_token_has_a_value_in_both_schemes_and_print_is_black_on_white() -> None:
    css = environment().get_template("tokens.css").render()
    light, dark = tokens(css)
    assert light.keys() == dark.keys() and light["ink"] != dark["ink"]
    printed = tokens(css.partition("@media print")[2])[0]
    assert (printed["paper"], printed["ink"]) == ("#fff", "#000") and printed.keys() <= light.keys()


@pytest.mark.parametrize("path", sorted(p.relative_to(folder()).as_posix() for p in folder().rglob("*.css")))
def test_a_style_sheet_names_tokens_that_are_there(path: str) -> None:
    light, _ = tokens(environment().get_template("tokens.css").render())
    assert "var(--" not in resolve(environment().get_template(path).render(), light)
