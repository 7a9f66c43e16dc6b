"""A folder that changes as a whole: the public name is a symbolic link to one generation of the files.

    out/site -> .site/g-00000007        what is served
    out/.site/g-00000007/               one generation; g-00000006, the last one, stays for whoever is reading it
    out/.site/g-00000007.json           its paths with the key and size of each file
    out/.site/lock                      flock(2): one build at a time

A build makes the next generation beside the current one: files whose key is the same become hard links, the others are
written. Then one rename(2) turns the link. Whoever kills the build, whenever, leaves the old folder or the new one,
never a mix; what an interrupted build left is removed by the next. When no key has changed nothing is written at all.

What we did not write (CNAME, .nojekyll, .git) is carried over as it is; links among it are copied, never followed, and
what stands where a page must is an error, never overwritten. A real folder that stands at the name when the first build
comes is moved aside by a second rename just before the link; its files are foreign ones.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from digester.domain.errors import DigesterError, Locked, UsageError
from digester.ports import Leaf

_GENERATION = "g-"
FURTHER = "made of the others"  # the key of files that are made of finished ones
Kept = Mapping[str, tuple[str, int]]  # path -> key and size
Further = Callable[[Path], Mapping[str, bytes]]  # the finished files' folder -> files made of them, by path


@dataclass(frozen=True)
class Written:
    """What a build did to the folder: paths that were written or removed, and how many files it has."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    files: int = 0


@dataclass(frozen=True)
class Tree:
    """The folder `public`; its generations stand in a hidden folder beside it."""

    public: Path
    private: Path = field(init=False)

    def __post_init__(self) -> None:
        name = self.public.name
        if not name or name in (".", ".."):
            raise UsageError(f"{self.public} is no name of a folder", hint="name a new folder with --out")
        object.__setattr__(self, "private", self.public.parent / f".{name}")

    def write(self, leaves: Iterable[Leaf], further: Further | None = None, made_with: str = "") -> Written:
        """Brings the folder to these leaves and what `further` makes of them, when any has changed; `made_with` is part
        of every key. Raises Locked while another build runs, DigesterError when it cannot be written; the folder is then
        as it was."""
        try:
            self.private.mkdir(parents=True, exist_ok=True)
            with self._lock():
                return self._write({_checked(leaf.path): leaf for leaf in leaves}, further, made_with)
        except OSError as err:
            hint = "check the folder, its permissions and free space"
            raise DigesterError(f"cannot write {err.filename or self.public}: {err.strerror}", hint=hint) from err

    def _write(self, leaves: Mapping[str, Leaf], further: Further | None, made_with: str) -> Written:
        keys = {path: made_with + leaf.key for path, leaf in leaves.items()}
        current = self._current()
        kept = self._kept(current)
        old = _intact(current, kept) if current else {}
        new = frozenset(path for path, key in keys.items() if old.get(path, ("", 0))[0] != key)
        extra = {path for path, (key, _) in kept.items() if key == FURTHER} if further else set()
        gone = tuple(sorted(set(kept) - set(leaves) - extra))
        whole = extra <= set(old) and bool(extra) == bool(further)
        if current and not new and not gone and whole and self.public.is_symlink():
            return Written(files=len(leaves) + len(extra))
        foreign = _foreign(current, kept, leaves) if current else ()
        self._clear(current)
        made = self.private / f"{_GENERATION}{_number(current) + 1:08d}"
        made.mkdir()
        sizes = _fill(made, current, leaves, new)
        state = {path: (key, sizes[path] if path in new else old[path][1]) for path, key in keys.items()}
        if further:
            files = {path: body for path, body in further(made).items() if _checked(path) not in leaves}
            _fill(made, None, {path: Leaf(path, FURTHER, partial(bytes, body)) for path, body in files.items()}, new)
            state |= {path: (FURTHER, len(body)) for path, body in files.items()}
        for path in foreign:
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            _same(f"{current}/{path}", f"{made}/{path}")
        made.with_suffix(".json").write_text(json.dumps(state, indent=0, sort_keys=True), "utf-8")
        self._switch(made)
        return Written(tuple(sorted(new)), gone, len(state))

    def _current(self) -> Path | None:
        """What is served, or the real folder that stands there; None when there is nothing yet."""
        if self.public.is_symlink():
            target = self.public.parent / self.public.readlink()
            if target.parent != self.private or not target.name.startswith(_GENERATION):
                raise UsageError(f"{self.public} is a link of yours to {target}", hint="name another folder with --out")
            return target if target.is_dir() else None
        aside = self._aside
        return self.public if self.public.is_dir() else aside if aside.is_dir() else None

    @property
    def _aside(self) -> Path:
        """Where a real folder goes just before the link takes its name."""
        return self.private / f"{_GENERATION}{0:08d}"

    def _kept(self, current: Path | None) -> Kept:
        if current is None or current in (self.public, self._aside):
            return {}
        try:
            rows = json.loads(current.with_suffix(".json").read_text("utf-8"))
            return {path: (str(key), int(size)) for path, (key, size) in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _clear(self, current: Path | None) -> None:
        """Removes generations that nobody reads any more and what a killed build left."""
        for path in sorted(self.private.glob(f"{_GENERATION}*")):
            if current is None or path.name.split(".")[0] != current.name:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def _switch(self, made: Path) -> None:
        link = self.private / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{self.private.name}/{made.name}")
        if self.public.is_dir() and not self.public.is_symlink():
            self.public.rename(self._aside)
        link.replace(self.public)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            import fcntl
        except ImportError as err:
            raise DigesterError(
                "this system has no flock(2), so two builds could not be told apart", hint="build on a POSIX system"
            ) from err

        handle = os.open(self.private / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            os.close(handle)
            raise Locked(f"another build of {self.public} is running", hint="try again when it has ended") from err
        try:
            yield
        finally:
            os.close(handle)


def _checked(path: str) -> str:
    """A path that stays inside, else a programming error: names are made safe where paths are made."""
    if not path.strip("./") or path.startswith("/") or ".." in path.split("/") or "\\" in path or "\0" in path:
        raise ValueError(f"a collection wants to write {path!r}")
    return path


def _folders(paths: Iterable[str]) -> set[PurePosixPath]:
    """What holds the files, each once; a path is split by its text, for there are thousands."""
    return {PurePosixPath(name) for name in {path.rpartition("/")[0] for path in paths}}


def _number(current: Path | None) -> int:
    found = current.name.removeprefix(_GENERATION) if current and current.name.startswith(_GENERATION) else ""
    return int(found) if found.isdecimal() else 0


def _intact(folder: Path, kept: Kept) -> dict[str, tuple[str, int]]:
    """The files of ours that are still what was written."""
    found = {}
    for path, (key, size) in kept.items():
        with suppress(OSError):
            status = os.lstat(f"{folder}/{path}")
            if status.st_size == size and S_ISREG(status.st_mode):
                found[path] = (key, size)
    return found


def _foreign(current: Path, kept: Kept, leaves: Mapping[str, Leaf]) -> tuple[str, ...]:
    """Files and links in a generation that are not ours. Raises UsageError for one that stands where ours must."""
    folders = {parent.as_posix() for place in _folders(leaves) for parent in (place, *place.parents)}
    found = []
    for place, names, files in os.walk(current, followlinks=False):
        inside = f"{Path(place).relative_to(current).as_posix()}/".removeprefix("./")
        for name in sorted([*files, *(n for n in names if (Path(place) / n).is_symlink())]):
            path = f"{inside}{name}"
            ours = path in kept and not os.path.islink(f"{current}/{path}")  # noqa: PTH114 - as above
            if not ours and (path in leaves or path in folders):
                raise UsageError(
                    f"{current / path} is not of digester's making, and a file or folder of that name has to be written",
                    hint="move it away, or name another folder with --out",
                )
            if not ours:
                found.append(path)
    return tuple(found)


def _fill(made: Path, current: Path | None, leaves: Mapping[str, Leaf], new: frozenset[str]) -> dict[str, int]:
    """Writes new leaves and links the others; the sizes of the new ones."""
    sizes = {}
    for folder in sorted(_folders(leaves)):
        (made / folder).mkdir(parents=True, exist_ok=True)
    for path, leaf in leaves.items():
        if path in new or current is None:
            body = leaf.body()
            sizes[path] = len(body)
            (made / path).write_bytes(body)
        else:
            _same(f"{current}/{path}", f"{made}/{path}")
    return sizes


def _same(there: str, here: str) -> None:
    """A hard link; a copy on a disk that has none. A link stays the link that it is."""
    try:
        os.link(there, here, follow_symlinks=False)
    except OSError:
        shutil.copy2(there, here, follow_symlinks=False)
