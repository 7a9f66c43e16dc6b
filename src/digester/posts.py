"""Essays as files: `posts/*.md` of a workspace read, and written by `digester import posts`.

One reader for both, so that what is imported is what is read later; `domain.posts` says what a file means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from digester.config import yamlfile
from digester.domain.errors import ConfigError, Problem
from digester.domain.posts import Post, parted, post_of, properties
from digester.files import read_text, write

FOLDER = "posts"
_NOTION_ID = re.compile(r"[ -][0-9a-f]{32}$")  # Notion puts a page's id behind its name


def load_posts(folder: Path) -> tuple[tuple[Post, ...], tuple[Problem, ...]]:
    """The posts of a folder in the order of their names, and what is wrong with files, each problem named after its file.
    No folder: no posts."""
    posts: list[Post] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        post, found = read_post(path)
        posts += [post] if post else []
        problems += named(path, found)
    return tuple(posts), tuple(problems)


def named(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    return [Problem(p.line, f"{path.name}, {p.where}" if p.where else path.name, p.message) for p in problems]


def read_post(path: Path) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of a file; None when there is none in it, and why."""
    try:
        text = read_text(path, "")
    except ConfigError as err:
        return None, err.problems
    name = re.sub(r"\s+", "-", _NOTION_ID.sub("", path.stem).strip(" -")).lstrip(".") or "post"
    return parsed(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def parsed(name: str, text: str) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of a text with YAML front matter, with properties as Notion exports them, or with neither."""
    head, body = parted(text)
    if head is None:
        values, places, body = properties(text)
        return post_of(name, values, lambda key: places.get(key, 0), body)
    file = yamlfile.read(head)
    if file.problems:
        return None, tuple(Problem(p.line + 1 if p.line else 0, p.where, p.message) for p in file.problems)
    if not isinstance(file.value, dict | None):
        return None, (Problem(1, "", "the front matter holds no keys"),)
    return post_of(name, file.value or {}, lambda key: file.line((key,)) + 1, body)


def written(post: Post) -> str:
    """The post as a file that reads back as itself: front matter in JSON strings, then the text."""
    values: dict[str, Any] = {
        "title": post.title, "date": post.date, "slug": post.slug, "summary": post.summary, "tags": list(post.tags),
        "category": post.category, "language": post.language, "pinned": post.pinned,
    }  # fmt: skip
    lines = [
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
        if value
    ]
    return "\n".join(["---", *lines, "---", "", post.body])


def save(folder: Path, post: Post) -> Path:
    """Writes the post into the folder, whole or not at all; raises DigesterError when it cannot."""
    return write(folder / f"{post.name}.md", written(post).encode())
