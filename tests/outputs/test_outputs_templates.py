"""Templates: a workspace's files come first, run in the sandbox, and may not leave a hole."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError, TemplateNotFound
from tests.outputs.issue_samples import weekly

from digester.outputs import outputs
from digester.outputs._templates import folder


def overlay(root: Path, text: str) -> Path:
    (root / "html").mkdir()
    (root / "html" / "issue.html.j2").write_text(text, encoding="utf-8")
    return root


def test_packaged_templates_are_found() -> None:
    assert (folder() / "html" / "issue.html.j2").is_file() and (folder() / "markdown" / "issue.md.j2").is_file()


def test_an_overlay_replaces_one_file(tmp_path: Path) -> None:
    made = outputs(overlay(tmp_path, "<h1>{{ page.title }}</h1>"))
    assert made["html"].render(weekly(), "en") == b"<h1>RecSys Weekly 2026-W25</h1>\n"
    assert made["markdown"].render(weekly(), "en") == outputs()["markdown"].render(weekly(), "en")


def test_an_overlay_may_change_the_style_alone(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "issue.css").write_text("body { color: #123456 }", encoding="utf-8")
    body = outputs(tmp_path)["html"].render(weekly(), "en").decode()
    assert "#123456" in body and "--paper" not in body and "CODEWALK" in body


def test_a_missing_value_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        outputs(overlay(tmp_path, "{{ page.nothing }}"))["html"].render(weekly(), "en")


@pytest.mark.parametrize("text", [
    "{{ page.__class__.__mro__[1].__subclasses__() }}", "{{ ''.__class__ }}", "{{ page['__init__'].__globals__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(page) }}", "{{ page|attr('__class__') }}", "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ self._TemplateReference__context }}", "{{ '%s'.__mod__(1).__class__ }}", "{{ lipsum.__globals__['os'].popen('id').read() }}",
])  # fmt: skip
def test_r07_a_template_cannot_leave_the_sandbox(text: str, tmp_path: Path) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        outputs(overlay(tmp_path, text))["html"].render(weekly(), "en")


@pytest.mark.parametrize("name", ["/etc/hostname", "../../secret", "html/../../secret", "//etc/hostname"])
def test_r07_a_template_reads_no_file_beside_the_templates(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    (tmp_path / "own").mkdir()
    with pytest.raises(TemplateNotFound):
        outputs(overlay(tmp_path / "own", f"{{% include {name!r} %}}"))["html"].render(weekly(), "en")


def test_r07_a_loop_over_a_range_has_a_limit(tmp_path: Path) -> None:
    with pytest.raises(OverflowError, match="Range too big"):
        outputs(overlay(tmp_path, "{% for x in range(10 ** 9) %}x{% endfor %}"))["html"].render(weekly(), "en")
