"""An edition in short, for media that take a screen or two of text: a pure view of the record.

What makes an issue honest stands first (notices, sources that did not answer, announced papers that were not seen), then
lines of development, then picks in the issue's order under their headings. Every text is one harmless line of bounded
length; every link has passed `http_url`. What is left out is counted.

`packed` cuts what a channel made of it into messages: between blocks, and within one only where it alone is too long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from digester.domain.cut import cut, line
from digester.domain.delivery import Edition
from digester.domain.issue import Census, Coverage, Issue, Pick, Section, Sentence, Thread
from digester.domain.site import in_language
from digester.domain.text import fold
from digester.domain.urls import http_url

NAMES = 3  # organisations of one pick that are named
GAP = "\n\n"  # between two blocks of a message
_WORDS = {
    "draft": ("Draft: this issue is not frozen.", "草稿：本期尚未定稿。"),
    "refused": ("Refused: this issue did not pass its checks.", "未通过检查：本期未发布。"),
    "withdrawn": ("Withdrawn: this issue is kept for the record only.", "已撤回：本期仅作存档。"),
    "announced": ("{} announced", "公布 {}"),
    "in_scope": ("{} in scope", "范围内 {}"),
    "published": ("{} published", "收录 {}"),
    "rated": ("{}x{}", "{} 条 {} 分"),
    "online": ("{} with online A/B", "含线上 A/B {}"),
    "sources": ("{} of {} sources answered", "{1} 个来源中 {0} 个应答"),
    "missed": ("{} announced papers were not seen", "公布而未收到 {} 篇"),
    "abstract": ("from the abstract", "仅据摘要"),
    "quoted": ("“{}”", "「{}」"),
    "from_to": ("{}: from {} to {}", "{}：从{}走向{}"),
    "threads": ("Threads", "线索"),
    "summary": ("In short: {}", "摘要：{}"),
    "elsewhere": ("{} more in the whole issue.", "另有 {} 条，见全文。"),
    "left": ("{} more are not shown here.", "另有 {} 条，此处未列。"),
    "whole": ("Read the whole issue", "阅读全文"),
    "comma": (", ", "，"),
    "named": (" ({})", "（{}）"),
}  # fmt: skip


def words(key: str, language: str) -> str:
    """A word of ours: Chinese in Chinese editions, else English."""
    return _WORDS[key][language.split("-")[0] == "zh"]


@dataclass(frozen=True)
class Item:
    """A pick: `url` "" where there is no safe one, `stars` "" where it is not rated, `text` "" where nothing adds to the
    headline."""

    headline: str
    url: str
    stars: str
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Group:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Brief:
    """`left` says how many picks are not shown, "" when all are; `url` is the web copy's, "" without one."""

    title: str
    language: str
    period: str
    census: str
    summary: str
    notices: tuple[str, ...]
    threads: tuple[str, ...]
    groups: tuple[Group, ...]
    left: str
    url: str


def brief(edition: Edition, most: int = 0) -> Brief:
    """The view with at most so many picks, 0 for all of them."""
    issue, language = edition.issue, edition.language
    url = http_url(edition.url) or ""
    total = len(issue.picks())
    shown = min(most, total) if most > 0 else total
    left = words("elsewhere" if url else "left", language).format(total - shown) if shown < total else ""
    return Brief(
        title=fitted(_first((in_language(issue.title, language), edition.series, issue.id), 130), 130, utf16), language=language,
        period=_period(issue), census=_census(issue.census, issue.coverage, language),
        summary=short(in_language(issue.summary, language), 400), notices=tuple(_notices(issue, language)),
        threads=tuple(_thread(t, issue, language) for t in issue.threads if any(t.name.values())),
        groups=tuple(_groups(issue, language, shown)), left=left, url=url,
    )  # fmt: skip


def short(text: str, most: int) -> str:
    """One line of at most so many code points; of a text without measure only the start is looked at."""
    return cut(line(text[: 8 * most]), most)


def _first(texts: Iterable[str], most: int) -> str:
    """The first of them that shows anything."""
    return next((shown for text in texts if (shown := short(text, most))), "—")


def _period(issue: Issue) -> str:
    start, end = (moment.astimezone(UTC) for moment in (issue.window.start, issue.window.end))
    return f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M} UTC"


def _census(census: Census, coverage: Coverage, language: str) -> str:
    """The issue's own counts, and what it could not see."""
    missed = sum(len(batch.missing) for batch in coverage.batches)
    ratings = [words("rated", language).format(n, r) for r, n in sorted(census.by_rating.items(), reverse=True) if n]
    comma = words("comma", language)
    counts = (
        *(_counted(key, getattr(census, key), language) for key in ("announced", "in_scope") if getattr(census, key)),
        _counted("published", census.published, language) + (f" ({comma.join(ratings)})" if ratings else ""),
        *([_counted("online", census.with_online_ab, language)] if census.with_online_ab else []),
        *([words("sources", language).format(coverage.answered, coverage.sources)] if coverage.sources else []),
        *([_counted("missed", missed, language)] if missed else []),
    )
    return comma.join(counts)


def _counted(key: str, number: int, language: str) -> str:
    return words(key, language).format(f"{number:,}")


def _notices(issue: Issue, language: str) -> Iterator[str]:
    """Every notice of the issue, and of its state; one that only concerns another language is none here."""
    if issue.state in _WORDS:
        yield words(issue.state, language)
    for notice in issue.notices:
        if text := short(notice.get(language) or notice.get("en", ""), 500):
            yield text


def _thread(thread: Thread, issue: Issue, language: str) -> str:
    name = short(in_language(thread.name, language), 120)
    ends = [short(_term(issue, word, language), 80) for word in (thread.from_, thread.to)]
    return words("from_to", language).format(name, *ends) if all(ends) else name


def _term(issue: Issue, word: str, language: str) -> str:
    """A field that stands in the record once, in the edition's language."""
    return issue.terms.get(word, {}).get(language) or word


def _groups(issue: Issue, language: str, shown: int) -> Iterator[Group]:
    for section in issue.sections:
        picks, shown = section.picks[:shown], shown - len(section.picks)
        if picks:
            yield Group(_heading(section, language), tuple(_item(p, issue, language) for p in picks))
        if shown <= 0:
            return


def _heading(section: Section, language: str) -> str:
    return short(in_language(section.heading, language), 120)


def _item(pick: Pick, issue: Issue, language: str) -> Item:
    url = http_url(pick.url) or ""
    headline = _first((in_language(pick.headline, language), pick.title, url, pick.story_id), 220)
    return Item(
        headline, url, _stars(pick, language), _names(pick, issue, headline, language),
        _text(pick, headline, language),
    )  # fmt: skip


def _stars(pick: Pick, language: str) -> str:
    """The rating of a paper, and that its full text was not read where that is so."""
    if pick.kind != "paper" or not 1 <= pick.rating <= 5:
        return ""
    stars = "★" * pick.rating + "☆" * (5 - pick.rating)
    return stars + (words("named", language).format(words("abstract", language)) if pick.level == "abstract" else "")


def _names(pick: Pick, issue: Issue, headline: str, language: str) -> tuple[str, ...]:
    """Organisations that the headline does not name, each once; of a post who wrote it."""
    names = [_term(issue, o.name, language) for o in pick.organisations]
    if pick.kind == "post":
        names = [pick.facts.get(f"person.{language}") or pick.facts.get("person") or next(iter(pick.authors), "")]
    known = fold(headline)
    shown = (name for name in (short(n, 60) for n in names) if name and fold(name) not in known)
    return tuple(dict.fromkeys(shown))[:NAMES]


def _text(pick: Pick, headline: str, language: str) -> str:
    """The first sentence that says more than the headline, quotations in quotation marks; else why it is rated so. The
    editor's own readings are left to the whole issue, which labels them."""
    for sentence in pick.sentences:
        text = short(in_language(sentence.text, language), 280)
        if sentence.kind != "synthesis" and text and fold(text) != fold(headline):
            return _quoted(sentence, text, language)
    return short(in_language(pick.reason, language), 280)


def _quoted(sentence: Sentence, text: str, language: str) -> str:
    return words("quoted", language).format(text) if sentence.kind == "quote" else text


# -------------------------------------------------------------------- packing
@dataclass(frozen=True)
class Block:
    """Lines that stay together; `opens` where a section begins. No markup goes beyond its line."""

    text: str
    opens: bool = False


Size = Callable[[str], int]


def utf16(text: str) -> int:
    """The length in UTF-16 code units, as chats count; never less than in code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def joined(blocks: Iterable[Block]) -> str:
    return GAP.join(block.text for block in blocks)


def packed(blocks: Iterable[Block], limit: int, size: Size) -> list[tuple[Block, ...]]:
    """The blocks in order, in as few messages as filling them in order gives, each of them (`joined`) within the limit."""
    made: list[tuple[Block, ...]] = []
    for piece in (p for block in blocks for p in _pieces(block, limit, size)):
        if made and size(joined((*made[-1], piece))) <= limit:
            made[-1] += (piece,)
        else:
            made.append((piece,))
    return made


def _pieces(block: Block, limit: int, size: Size) -> Iterator[Block]:
    """The block, or where it is too long alone its lines, sentences or words."""
    text, opens = block.text, block.opens
    while size(text) > limit:
        place = _place(text, _fitting(text, limit, size))
        head, text = text[:place].rstrip(), text[place:].lstrip()
        if head:
            yield Block(head, opens)
            opens = False
    if text:
        yield Block(text, opens)


def _fitting(text: str, limit: int, size: Size) -> int:
    """How many code points fit; at least one, so that there is an end."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    return low


def _place(text: str, most: int) -> int:
    """Where to part the text: after the last line that is whole, else where `cut` would."""
    if (end := text.rfind("\n", 0, most + 1)) > 0:
        return end
    head = cut(text, most)
    return max(len(head) if text.startswith(head) else len(head) - 1, 1)


def fitted(text: str, limit: int, size: Size) -> str:
    """The text, cut so that what a channel makes of it (`size` measures that) is within the limit."""
    most = len(text)
    while size(text) > limit and most > 1:
        most = most * 3 // 4
        text = cut(text, most)
    return text


def by_section(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks from one that opens a section to the next."""
    made: list[list[Block]] = []
    for block in blocks:
        if block.opens or not made:
            made.append([])
        made[-1].append(block)
    return made
