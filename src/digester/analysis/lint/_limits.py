"""How much of what an issue holds, by kind. A kind that has no limits here is not checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digester.analysis.lint._lines import Violation, resolve
from digester.analysis.rating import distribution
from digester.domain.issue import Issue, Pick, Section

PAPERS, TAKEAWAYS, WATCH, SECTIONS, SMALL, THREADS = 30, 5, 3, (3, 5), 3, (2, 3)
FEATURED, MORE, POSTS, TOPICS, TRENDING, PODCASTS, MOMENTS, FIVES = (3, 5), 16, 30, (3, 6), 5, 2, 3, 2
FEW_POSTS = 6  # fewer need no topics
_TRENDING_NOTICE = re.compile(r"trending|GitHub|repositor", re.IGNORECASE)
SUMMARY = 280


def limits(issue: Issue) -> Iterator[Violation]:
    if issue.kind == "rec-weekly":
        yield from _weekly(issue)
    elif issue.kind == "ai-daily":
        yield from _daily(issue)
    for language, text in sorted(issue.summary.items()):
        if len(text) > SUMMARY or not text.rstrip('\u201d"\u300d)').endswith(
            (".", "!", "?", "\u3002", "\uff01", "\uff1f")
        ):
            reason = f"{len(text)} characters, at most {SUMMARY}, cut at the end of a sentence"
            yield Violation("limit-summary", False, language, "summary", text[-60:], reason)


def _over(check: str, where: str, number: object, reason: str) -> Violation:
    return Violation(f"limit-{check}", False, "", where, str(number), reason)


# ----------------------------------------------------------------- weekly
def _weekly(issue: Issue) -> Iterator[Violation]:
    picks = issue.picks()
    if len(picks) > PAPERS:
        yield _over("papers", "sections", len(picks), f"at most {PAPERS} papers")
    for odd in distribution(p.rating for p in picks):
        yield _over("ratings", "sections", len(picks), odd)
    if len(issue.takeaways) != min(TAKEAWAYS, len(picks)):
        yield _over("takeaways", "takeaways", len(issue.takeaways), f"{TAKEAWAYS} takeaways")
    if len(issue.watch) != WATCH:
        yield _over("watch", "watch", len(issue.watch), f"{WATCH} bullets")
    for n, s in enumerate(issue.watch, 1):
        if len(resolve(s.cites, issue)) < 2:
            yield _over("watch", f"watch {n}", len(s.cites), "a bullet cites two picks or more")
    yield from _sections(issue)
    if len(issue.threads) > THREADS[1] or (len(issue.threads) < THREADS[0] and len(issue.sections) > SECTIONS[0]):
        yield _over("threads", "overview", len(issue.threads), "two or three threads")


def _sections(issue: Issue) -> Iterator[Violation]:
    full = [s for s in issue.sections if s.picks]
    if len(full) > SECTIONS[1] or (len(full) < SECTIONS[0] and len(issue.picks()) >= SMALL * SECTIONS[0]):
        yield _over("sections", "sections", len(full), "three to five sections")
    for n, s in enumerate(issue.sections, 1):
        if len(s.picks) < SMALL and len(full) > 1:
            yield _over("sections", f"section {n}", len(s.picks), f"a section below {SMALL} papers is merged")


def _fives(picks: tuple[Pick, ...], most: float, reason: str) -> Iterator[Violation]:
    if (n := sum(p.rating == 5 for p in picks)) > most:
        yield _over("fives", "sections", n, reason)


# ------------------------------------------------------------------ daily
def _daily(issue: Issue) -> Iterator[Violation]:
    by_slug = {s.slug: s.picks for s in issue.sections}
    featured, more = by_slug.get("featured", ()), by_slug.get("more", ())
    if not min(FEATURED[0], len(featured) + len(more)) <= len(featured) <= FEATURED[1]:
        yield _over("featured", "featured", len(featured), "three to five stories at length")
    for slug, most in (("more", MORE), ("posts", POSTS), ("podcasts", PODCASTS), ("trending", TRENDING)):
        if (n := len(by_slug.get(slug, ()))) > most:
            yield _over(slug, slug, n, f"at most {most}")
    yield from _fives((*featured, *more), FIVES, f"at most {FIVES} a day are rated 5")
    yield from _trending(issue, by_slug.get("trending", ()))
    yield from _topics(by_slug.get("posts", ()))
    for s in issue.sections:
        yield from _picks(s)


def _trending(issue: Issue, picks: tuple[Pick, ...]) -> Iterator[Violation]:
    if len(picks) < TRENDING and not any(_TRENDING_NOTICE.search(t) for n in issue.notices for t in n.values()):
        yield _over("trending", "trending", len(picks), f"exactly {TRENDING}, or fewer with a notice")
    for p in picks:
        lacking = [k for k in ("stars", "stars_daily") if k not in p.signals and k not in p.facts]
        lacking += [] if p.facts.get("language") else ["language"]
        if lacking:
            yield _over(
                "trending", p.title, ", ".join(lacking), "a repository has language, stars and stars of the day"
            )


def _topics(posts: tuple[Pick, ...]) -> Iterator[Violation]:
    topics = {t for p in posts if (t := p.facts.get("topic", ""))}
    if len(posts) > FEW_POSTS and not TOPICS[0] <= len(topics) <= TOPICS[1]:
        yield _over("topics", "posts", len(topics), "posts stand under three to six topics")


def _picks(section: Section) -> Iterator[Violation]:
    for p in section.picks:
        if section.slug in ("more", "posts", "trending") and len(p.sentences) > 1:
            yield _over(section.slug, p.title, len(p.sentences), "one sentence each")
        if section.slug == "posts" and not p.facts.get("role"):
            yield _over("posts", p.title, p.facts.get("person", ""), "a person has a role")
        if section.slug == "podcasts":
            stamped = sum(bool(s.inputs.get("at")) for s in p.sentences)
            if stamped != MOMENTS:
                yield _over("podcasts", p.title, stamped, f"{MOMENTS} takeaways with their time")
            for fact in (f for f in ("guest", "duration") if not p.facts.get(f)):
                yield _over("podcasts", p.title, fact, "an episode has guest and duration")
