"""An issue as Markdown for Zhihu's import of documents ("导入文档").

Zhihu's articles have two levels of headings, h2 and h3 (reports at zimya/zhihu_obsidian, issue 4), which are `##` and `###`
here. Cells of its tables hold bare text (md2zhihu, "Limitation"), so there is no table: figures and lists are lists. What
its import makes of `$$...$$` is told in different ways (md2zhihu makes pictures of formulas for it), so formulas are
Unicode. There is no front matter, no HTML and no reference link: what an import does not know it prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs._mail_view import Mail
from digester.outputs._templates import environment
from digester.outputs.export._article import article, titled
from digester.outputs.export._words import words
from digester.outputs.markdown import BLANKS, destination, escape


class Zhihu:
    name: ClassVar[str] = "zhihu"
    media_type: ClassVar[str] = "text/markdown"
    extension: ClassVar[str] = "md"
    doc: ClassVar[str] = "Markdown for Zhihu's import of documents"

    def __init__(self, overlay: Path | None = None, site: Site | None = None) -> None:
        self._overlay = overlay
        self._site = site or Site()

    def fields(self, issue: Issue, language: str) -> Mapping[str, str]:
        return titled(issue, language, 100, 300)

    def render(self, issue: Issue, language: str) -> bytes:
        return article(issue, language, self._site, self._text)

    def _text(self, mail: Mail) -> str:
        template = environment(self._overlay, escape).get_template("export/zhihu.md.j2")
        text = template.render(mail=mail, w=words(mail.language), to=destination)
        lines = (line.strip() for line in text.split("\n"))
        return f"{BLANKS.sub(chr(10) * 2, chr(10).join(lines)).strip()}\n"
