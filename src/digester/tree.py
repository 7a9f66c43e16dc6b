"""A folder that changes as a whole: the public name is a symbolic link to one generation of the files.

    out/site -> .site/g-00000007        what is served
    out/.site/g-00000007/               one generation; g-00000006, the last one, stays for whoever is reading it
    out/.site/g-00000007.json           its paths with the key and size of each file
    out/.site/lock                      flock(2): one build at a time

A build makes the next generation beside the current one: files whose key is the same become hard links, the others are
written. Then one rename(2) turns the link. Whoever kills the build, whenever, leaves the old folder or the new one,
never a mix; what an interrupted build left is removed by the next. When no key has changed nothing is written at all.

Most links are there already: the next generation is made out of the one before the current one, which nobody reads any
more, of what a killed build left, or of the second folder that the first build leaves. Of that only files stay that are
the very files (st_dev, st_ino) of the current generation; everything else is removed from it first, and no file is ever
opened to be written anew, for it may be one of the current generation's.

What we did not write (CNAME, .nojekyll, .git) is carried over as it is; links among it are copied, never followed, and
what stands where a page must is an error, never overwritten. A real folder that stands at the name when the first build
comes is moved aside by a second rename just before the link; its files are foreign ones.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from stat import S_ISLNK, S_ISREG
from typing import TypeVar

from digester.domain.errors import DigesterError, Locked, UsageError
from digester.ports import Leaf

_GENERATION = "g-"
_T = TypeVar("_T")
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
        seen = _walked(current, _status)[0] if current else {}
        old = {path: row for path, row in kept.items() if path in seen and _intact(seen[path], row[1])}
        new = frozenset(path for path, key in keys.items() if old.get(path, ("", 0))[0] != key)
        extra = {path for path, (key, _) in kept.items() if key == FURTHER} if further else set()
        gone = tuple(sorted(set(kept) - set(leaves) - extra))
        whole = extra <= set(old) and bool(extra) == bool(further)
        if current and not new and not gone and whole and self.public.is_symlink():
            return Written(files=len(leaves) + len(extra))
        foreign = _foreign(current, seen, kept, leaves) if current else []
        made = self._begun(
            current, _folders(leaves), {p: status for p, status in seen.items() if p in keys and p not in new}
        )
        sizes = _fill(made, {path: leaves[path].body for path in keys if path in new})
        state = {path: (key, sizes[path] if path in new else old[path][1]) for path, key in keys.items()}
        if further:
            files = {path: body for path, body in further(made).items() if _checked(path) not in leaves}
            _fill(made, {path: partial(bytes, body) for path, body in files.items()})
            state |= {path: (FURTHER, len(body)) for path, body in files.items()}
        for path in foreign:
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            _same(f"{current}/{path}", f"{made}/{path}")
        made.with_suffix(".json").write_text(json.dumps(state, sort_keys=True), "utf-8")
        self._switch(made)
        if current is None:
            self._prepare(made, state)
        return Written(tuple(sorted(new)), gone, len(state))

    def _current(self) -> Path | None:
        """What is served, or the real folder that stands there; None when there is nothing yet."""
        if self.public.is_symlink():
            target = self.public.parent / self.public.readlink()
            if target.parent != self.private or not target.name.startswith(_GENERATION):
                raise UsageError(f"{self.public} is a link of yours to {target}", hint="name another folder with --out")
            return target if target.is_dir() else None
        if self.public.exists() and not self.public.is_dir():
            raise UsageError(f"{self.public} is a file of yours", hint="name another folder with --out")
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

    def _begun(self, current: Path | None, folders: Collection[str], same: Mapping[str, os.stat_result]) -> Path:
        """The next generation with its folders and those of its files that stay the `same` as in the current one."""
        made = self.private / f"{_GENERATION}{_number(current) + 1:08d}"
        spare = self._spare(current)
        there: Collection[str] = ()
        if spare:
            spare.rename(made)
            there = _only(made, folders, same)
        else:
            made.mkdir()
        for folder in sorted(folders):
            (made / folder).mkdir(exist_ok=True)
        for path in same:
            if path not in there:
                _same(f"{current}/{path}", f"{made}/{path}")
        return made

    def _spare(self, current: Path | None) -> Path | None:
        """A folder that nobody reads any more: an old generation, or what a killed build left. Others are removed."""
        spare = None
        for path in sorted(self.private.glob(f"{_GENERATION}*")):
            if current is not None and path.name.split(".")[0] == current.name:
                continue
            if path.is_symlink() or not path.is_dir():
                path.unlink()
            elif spare is None:
                spare = path
            else:
                shutil.rmtree(path)
        return spare

    def _prepare(self, made: Path, paths: Iterable[str]) -> None:
        """Behind the first build a second folder with the same files, out of which the next one is made; none on a disk
        without hard links, where it would be a second copy of everything."""
        spare = self.private / f"{_GENERATION}spare"
        try:
            spare.mkdir()
            for folder in sorted(_folders(paths)):
                (spare / folder).mkdir(exist_ok=True)
            for path in paths:
                os.link(f"{made}/{path}", f"{spare}/{path}", follow_symlinks=False)
        except OSError:
            shutil.rmtree(spare, ignore_errors=True)

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


def _folders(paths: Iterable[str]) -> set[str]:
    """What holds the files, with what holds that; a path is split by its text, for there are thousands."""
    places = {path.rpartition("/")[0] for path in paths}
    return {parent.as_posix() for place in places for parent in (PurePosixPath(place), *PurePosixPath(place).parents)}


def _number(current: Path | None) -> int:
    found = current.name.removeprefix(_GENERATION) if current and current.name.startswith(_GENERATION) else ""
    return int(found) if found.isdecimal() else 0


def _walked(folder: Path, ask: Callable[[os.DirEntry[str]], _T]) -> tuple[dict[str, _T], list[str]]:
    """Files and links in a folder by path, with what is asked of each, and its folders, each after what holds it. No
    link is followed."""
    files: dict[str, _T] = {}
    folders = [""]
    for inside in folders:
        place = os.open(f"{folder}/{inside}", os.O_RDONLY | os.O_DIRECTORY)
        try:
            with os.scandir(place) as rows:  # an open folder: status is asked by name, not by a long path
                for row in rows:
                    path = f"{inside}/{row.name}" if inside else row.name
                    if row.is_dir(follow_symlinks=False):
                        folders.append(path)
                    else:
                        files[path] = ask(row)
        finally:
            os.close(place)
    return files, folders[1:]


def _status(row: os.DirEntry[str]) -> os.stat_result:
    return row.stat(follow_symlinks=False)


def _intact(status: os.stat_result, size: int) -> bool:
    """Whether a file of ours is still what was written."""
    return status.st_size == size and S_ISREG(status.st_mode)


def _foreign(current: Path, seen: Mapping[str, os.stat_result], kept: Kept, leaves: Mapping[str, Leaf]) -> list[str]:
    """Files and links in a generation that are not ours. Raises UsageError for one that stands where ours must."""
    found = sorted(path for path, status in seen.items() if path not in kept or S_ISLNK(status.st_mode))
    folders = _folders(leaves) if found else ()
    for path in found:
        if path in leaves or path in folders:
            raise UsageError(
                f"{current / path} is not of digester's making, and a file or folder of that name has to be written",
                hint="move it away, or name another folder with --out",
            )
    return found


def _only(made: Path, folders: Collection[str], same: Mapping[str, os.stat_result]) -> set[str]:
    """Removes from a folder everything but these folders and these very files; the files that stayed."""
    stayed, device = set(), made.stat().st_dev
    files, places = _walked(made, os.DirEntry.inode)  # which a folder knows: no file is asked
    for path, inode in files.items():
        if path in same and (device, inode) == (same[path].st_dev, same[path].st_ino):
            stayed.add(path)
        else:
            (made / path).unlink()
    for place in reversed(places):
        if place not in folders:
            (made / place).rmdir()
    return stayed


def _fill(made: Path, files: Mapping[str, Callable[[], bytes]]) -> dict[str, int]:
    """Writes new files and the folders that they need; their sizes."""
    sizes = {}
    for folder in sorted(_folders(files)):
        (made / folder).mkdir(exist_ok=True)
    for path, made_of in files.items():
        body = made_of()
        sizes[path] = len(body)
        (made / path).write_bytes(body)
    return sizes


def _same(there: str, here: str) -> None:
    """A hard link; a copy on a disk that has none. A link stays the link that it is."""
    try:
        os.link(there, here, follow_symlinks=False)
    except OSError:
        shutil.copy2(there, here, follow_symlinks=False)
