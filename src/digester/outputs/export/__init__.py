"""Renderings of one issue for the editors of newsletter services: one file each, one line in this registry.

They are made of the frozen record when somebody asks for them, and are not stored: what is pasted into an editor is edited
there. All but Mailchimp's are built from the value that the mail is built from (`_mail_view`), so they say what the mail
says, in its order. `fields` are what a service asks for in boxes of its own, beside the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Protocol

from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs.export.mailchimp import Mailchimp
from digester.outputs.export.substack import Substack
from digester.outputs.export.wechat_mp import WechatMp
from digester.outputs.export.zhihu import Zhihu
from digester.ports import Output

NOWHERE = Site()


class Export(Output, Protocol):
    """An output for one service; `doc` says in a line what is made."""

    doc: ClassVar[str]

    def fields(self, issue: Issue, language: str) -> Mapping[str, str]: ...


def exports(overlay: Path | None = None, site: Site = NOWHERE) -> Mapping[str, Export]:
    """The registry; files found in `overlay` (a workspace's `templates/`) replace the packaged ones. `site` is where the
    issues are published, for the link to the web copy."""
    kinds: tuple[Export, ...] = (
        WechatMp(overlay, site), Zhihu(overlay, site), Substack(overlay, site), Mailchimp(overlay, site)
    )  # fmt: skip
    return {kind.name: kind for kind in kinds}


EXPORTS: Mapping[str, Export] = exports()
