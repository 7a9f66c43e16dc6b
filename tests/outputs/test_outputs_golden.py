"""Whole pages, byte for byte, and the same bytes from equal records whatever their dictionaries' order."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from tests.outputs.issue_samples import daily, weekly
from tests.outputs.mail_reading import parsed, part

from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs import OUTPUTS, outputs
from digester.outputs.json import dump, load

ISSUES: Mapping[str, Issue] = {"weekly": weekly(), "daily": daily()}


@pytest.mark.parametrize("output", ["markdown", "html", "csv"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_page(name: str, language: str, output: str, golden: Callable[[str, bytes], None]) -> None:
    kind = OUTPUTS[output]
    golden(f"{name}.{language}.{kind.extension}", kind.render(ISSUES[name], language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_both_parts_of_the_mail(name: str, language: str, golden: Callable[[str, bytes], None]) -> None:
    site = Site("https://news.example")
    message = parsed(outputs(None, site)["email"].render(ISSUES[name], language))
    golden(f"{name}.{language}.mail.txt", part(message, "plain").encode())
    golden(f"{name}.{language}.mail.html", part(message, "html").encode())


@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_record(name: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"{name}.json", OUTPUTS["json"].render(ISSUES[name], "en"))


@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_bibliography(name: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"{name}.bib", OUTPUTS["bibtex"].render(ISSUES[name], "en"))


@pytest.mark.parametrize("output", ["json", "markdown", "html", "email", "csv", "bibtex"])
@pytest.mark.parametrize("name", ["weekly", "daily"])
def test_equal_records_are_equal_bytes(name: str, output: str) -> None:
    issue, again = ISSUES[name], load(dump(ISSUES[name]))
    turned = replace(issue, census=replace(
        issue.census, by_rating=dict(reversed(issue.census.by_rating.items())),
        announced_by_category=dict(reversed(issue.census.announced_by_category.items())),
        seen=dict(reversed(issue.census.seen.items())),
    ))  # fmt: skip
    for language in ("en", "zh", "fr"):
        one = OUTPUTS[output].render(issue, language)
        assert one == OUTPUTS[output].render(again, language)
        assert one == OUTPUTS[output].render(turned, language)


def test_the_registry_loads_no_engine() -> None:
    heavy = "{'jinja2', 'pydantic', 'markupsafe', 'css_inline', 'pylatexenc', 'latex2mathml'} & set(sys.modules)"
    code = f"import sys, digester.outputs as o; print(sorted(o.OUTPUTS), sorted({heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['bibtex', 'csv', 'email', 'html', 'json', 'markdown'] []"
