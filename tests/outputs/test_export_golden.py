"""Exports of the invented issues, byte for byte, and the registry."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.outputs.export_reading import NAMES
from tests.outputs.test_outputs_golden import ISSUES

from digester.domain.site import Site
from digester.outputs.export import EXPORTS, exports
from digester.outputs.json import dump, load

SITE = Site("https://news.example")


@pytest.mark.parametrize("export", NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_export(name: str, language: str, export: str, golden: Callable[[str, bytes], None]) -> None:
    kind = exports(None, SITE)[export]
    golden(f"export.{name}.{language}.{export}.{kind.extension}", kind.render(ISSUES[name], language))


@pytest.mark.parametrize("export", NAMES)
@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_equal_records_are_equal_bytes(name: str, export: str) -> None:
    issue = ISSUES[name]
    turned = replace(issue, census=replace(issue.census, by_rating=dict(reversed(issue.census.by_rating.items()))))
    for language in ("en", "zh", "fr"):
        one = EXPORTS[export].render(issue, language)
        assert one == EXPORTS[export].render(load(dump(issue)), language)
        assert one == EXPORTS[export].render(turned, language)


def test_the_registry_loads_no_engine() -> None:
    heavy = (
        "{'jinja2', 'pydantic', 'markupsafe', 'css_inline', 'pylatexenc', 'lxml', 'email.parser'} & set(sys.modules)"
    )
    code = f"import sys, digester.outputs.export as e; print(list(e.EXPORTS), sorted({heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['wechat-mp', 'zhihu', 'substack', 'mailchimp'] []"


def test_each_says_what_it_is_and_has_a_chapter_of_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs/export.md").read_text("utf-8")
    assert "None of these was tried against the service" in text
    for name, kind in EXPORTS.items():
        assert kind.name == name and kind.doc and "\n" not in kind.doc
        assert f"`--format {name}`" in text
        assert kind.extension in ("html", "md") and kind.media_type in ("text/html", "text/markdown")


@pytest.mark.parametrize("export", NAMES)
def test_a_workspace_may_change_a_template(export: str, tmp_path: Path) -> None:
    file = {"wechat-mp": "wechat_mp.html.j2", "zhihu": "zhihu.md.j2"}.get(export, f"{export}.html.j2")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / file).write_text("<p>own words</p>\n", encoding="utf-8")
    made = exports(tmp_path)[export].render(ISSUES["weekly"], "en").decode()
    assert "own words" in made and ("CODEWALK" in made) == (export == "mailchimp")
