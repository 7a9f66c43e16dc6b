"""Packaged files and a workspace's own in their place, as values: patterns, glossary, weights, templates.

A workspace overlays a file by its name (`prompts/patterns.en.yaml`): what it names replaces what is shipped, the rest
stays. What is wrong in a user's file is a ConfigError that names it. What is written is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from digester.domain.errors import ConfigError, DigesterError, Problem

LARGEST = 1_000_000  # bytes of a file that is read whole


def data_file(name: str) -> Path:
    """A packaged file (prompts, templates, sources.yaml): in the wheel, or beside `src` in a checkout."""
    packed = Path(str(files("digester"))) / "_data" / name
    return packed if packed.exists() else Path(__file__).parents[2] / name


def read_text(path: Path, hint: str) -> str:
    """A user's file as text; what can go wrong is a ConfigError that names it."""
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError((Problem(0, "", f"file is larger than {LARGEST} bytes"),), subject=str(path))
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError((Problem(0, "", "there is no such file"),), subject=str(path), hint=hint) from None
    except UnicodeDecodeError as err:
        raise ConfigError((Problem(0, "", f"not UTF-8 at byte {err.start}"),), subject=str(path)) from None
    except OSError as err:
        raise ConfigError((Problem(0, "", f"cannot be read: {err.strerror}"),), subject=str(path)) from None


def write(path: Path, body: bytes, private: bool = False) -> Path:
    """The file, complete or not at all; a `private` one was never readable by others."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if private:
            temporary.unlink(missing_ok=True)
            temporary.touch(0o600)
        temporary.write_bytes(body)
        temporary.replace(path)
    except OSError as err:
        raise DigesterError(
            f"cannot write {path}: {err.strerror}", hint="check the folder, its permissions and free space"
        ) from err
    return path


def in_force(name: str, overlay: Path | None) -> Path:
    """The workspace's own file of this name, else the packaged one."""
    return own if overlay and (own := overlay / name).exists() else data_file(name)


@dataclass(frozen=True)
class Words:
    """The value of a file of ours, overlaid, and the file to name when something in it is wrong."""

    value: dict[str, Any]
    subject: str

    @contextmanager
    def named(self) -> Iterator[None]:
        """A ValueError of the value's reader as a problem of the file."""
        try:
            yield
        except ValueError as err:
            raise ConfigError(
                (Problem(0, "", str(err)),), subject=self.subject, hint="compare the file as shipped"
            ) from err


def words(name: str, overlay: Path | None) -> Words:
    """The shipped mapping `name`, its entries (in mappings: their entries) replaced by those of the workspace.

    Raises ConfigError for a file that is no mapping and for entries that are not known."""
    shipped = _mapping(data_file(name))
    own = overlay / name if overlay else None
    if own is None or not own.exists():
        return Words(shipped, name)
    mine = _mapping(own)
    if unknown := sorted(set(mine) - set(shipped)):
        problems = tuple(Problem(0, entry, "unknown entry") for entry in unknown)
        raise ConfigError(problems, subject=str(own), hint=f"see {name} as shipped")
    merged = {k: {**v, **mine[k]} if isinstance(v, dict) and isinstance(mine.get(k), dict) else mine.get(k, v)
              for k, v in shipped.items()}  # fmt: skip
    return Words(merged, str(own))


def _mapping(path: Path) -> dict[str, Any]:
    from digester.config import yamlfile

    file = yamlfile.read(read_text(path, "reinstall digester"))
    if file.problems or not isinstance(file.value, dict):
        raise ConfigError(file.problems or (Problem(0, "", "no entries"),), subject=str(path))
    return {str(k): v for k, v in file.value.items()}


def secret(env: Mapping[str, str], name: str) -> str:
    """A variable, or the file that `NAME_FILE` names (how containers hand over secrets); "" when neither is set."""
    if name in env:
        return env[name].strip()
    if not (file := env.get(f"{name}_FILE")):
        return ""
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise DigesterError(
            f"{name}_FILE cannot be read: {type(err).__name__}", hint="check the file it names"
        ) from err
