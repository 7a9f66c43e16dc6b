"""The channel file: which of the stored files stand in the folder afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.outputs.issue_samples import weekly

from digester.channels.file import File
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, Later, Outcome
from digester.domain.issue import Artifact

ROW: Any = Delivery("rec-weekly/2026-W25", "en", "drop", "", 1, "<one@x>", "sending", None, None)  # type: ignore[arg-type]


def edition(body: bytes = b"one") -> Edition:
    made = {
        name: Artifact("rec-weekly/2026-W25", 1, name, "en", "x/y", f"rec-weekly/w.{name}", body, "")
        for name in ("html", "json")
    }
    return Edition(weekly(), "en", "RecSys Weekly", made)


def sent(out: Path, what: Edition, **params: Any) -> Outcome:
    powers: Any = type("Powers", (), {"out": str(out)})()
    with File("drop", File.Params(**params), powers).open() as session:
        return session.deliver(what, ROW)


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_the_files_that_are_named_are_written_and_a_correction_over_them(tmp_path: Path) -> None:
    assert sent(tmp_path, edition(), outputs=("html",)) == Accepted(str(tmp_path / "sent"))
    assert files(tmp_path) == {"sent/rec-weekly/w.html": b"one"}
    sent(tmp_path, edition(b"two"))
    assert files(tmp_path) == {"sent/rec-weekly/w.html": b"two", "sent/rec-weekly/w.json": b"two"}
    sent(tmp_path / "elsewhere", edition(), folder=str(tmp_path / "sent"))
    assert set(files(tmp_path).values()) == {b"one"}


def test_a_folder_that_got_no_file_is_no_delivery(tmp_path: Path) -> None:
    outcome = sent(tmp_path, edition(), outputs=("bibtex",))
    assert outcome == Failed("rec-weekly/2026-W25 has no output bibtex in en")
    assert files(tmp_path) == {}


def test_a_folder_that_cannot_be_written_stops_the_channel(tmp_path: Path) -> None:
    (tmp_path / "sent").write_text("a file", "utf-8")
    outcome = sent(tmp_path, edition())
    assert isinstance(outcome, Later) and outcome.stop and "cannot be written" in outcome.error
