"""The stored artifacts as files in a folder of the operator's: for a web server, a mail drop, a synchronised folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from digester.domain.delivery import Accepted, Delivery, Edition, Failed, Later, Outcome
from digester.ports.delivery import ChannelPowers

_FORBID = {"extra": "forbid"}


@dataclass(frozen=True)
class Params:
    """`folder` below the folder for issues, or an absolute one; `outputs` that are written, all when none are named."""

    __pydantic_config__ = _FORBID
    folder: str = "sent"
    outputs: tuple[str, ...] = ()


class File:
    """Every correction is written over what it corrects."""

    kind: ClassVar[str] = "file"
    doc: ClassVar[str] = "The stored files of an issue, copied into a folder."
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = True
    daily = 0
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self._outputs = name, params.outputs
        self._folder = Path(powers.out) / params.folder

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return ()

    def parts(self, edition: Edition) -> Sequence[str]:
        return ("",)

    @contextmanager
    def open(self) -> Iterator[File]:
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        wanted = [a for a in edition.artifacts.values() if not self._outputs or a.output in self._outputs]
        if not wanted:
            return Failed(f"{row.issue_id} has no output {' or '.join(self._outputs)} in {edition.language}".rstrip())
        try:
            for artifact in wanted:
                _write(self._folder / artifact.filename, artifact.body)
        except OSError as err:
            return Later(f"{self._folder} cannot be written: {err.strerror}", stop=True)
        return Accepted(str(self._folder))


def _write(path: Path, body: bytes) -> None:
    """The file, complete or not at all."""
    temporary = path.with_name(f".{path.name}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary.write_bytes(body)
    temporary.replace(path)
