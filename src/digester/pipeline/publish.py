"""publish: the frozen record through the outputs; the bytes are stored and are what is written ever after."""

from __future__ import annotations

from collections.abc import Mapping

from digester.domain.ids import checksum
from digester.domain.issue import Artifact, Issue, IssueKind
from digester.domain.runs import StepReport
from digester.ports import Output, Store

PICTURE = "picture "  # with a number: the name under which a picture is stored beside the outputs


def todo(store: Store, issue: Issue, kind: IssueKind) -> list[tuple[str, str]]:
    """(output, language) pairs that have no artifact of this revision."""
    known = {(a.output, a.language) for a in store.artifacts(issue.id) if a.revision == issue.revision}
    pairs = [(o, lang if o != "json" else "") for o in kind.outputs for lang in issue.languages]
    return [p for p in dict.fromkeys(pairs) if p not in known]


def render(issue: Issue, output: Output, language: str, made_with: str = "") -> Artifact:
    body = output.render(issue, language or issue.languages[0])
    name = f"{issue.period}.{language}.{output.extension}" if language else f"{issue.period}.{output.extension}"
    return Artifact(
        issue.id, issue.revision, output.name, language, output.media_type, f"{issue.kind}/{name}", body,
        checksum(body), made_with,
    )  # fmt: skip


def changed(before: str, after: str) -> list[str]:
    """Which of templates, code and dependencies differ between two `made_with` lines."""
    old, new = (dict(part.split("=", 1) for part in line.split(";") if "=" in part) for line in (before, after))
    return [name for name in new if old.get(name) != new[name]]


def shown(store: Store, issue: Issue, made_with: str) -> list[Artifact]:
    """The pictures of an issue as files beside its pages; one that is not stored any more is left out."""
    named = {i.picture.name: i.picture for i in issue.illustrations()}
    found = ((p, store.picture_data(p.name)) for p in named.values())
    return [
        Artifact(
            issue.id, issue.revision, f"{PICTURE}{n}", "", p.media_type, f"{issue.kind}/pictures/{p.name}", data,
            checksum(data), made_with,
        )
        for n, (p, data) in enumerate(found, 1) if data
    ]  # fmt: skip


def run(store: Store, issue: Issue, kind: IssueKind, outputs: Mapping[str, Output], made_with: str) -> StepReport:
    pairs = todo(store, issue, kind)
    made = [render(issue, outputs[o], language, made_with) for o, language in pairs]
    store.save_artifacts([*made, *(shown(store, issue, made_with) if made else [])])
    return StepReport("publish", len(kind.outputs), len(pairs), len(kind.outputs) - len(pairs))
