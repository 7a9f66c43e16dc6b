"""The site of 1,000 issues: what one changed issue costs beside a full build, in CPU and in files.

Invented records of 25 picks each in two languages, written into a folder of its own: once as a whole, once with nothing
changed, twice with one issue in a new revision that puts a figure right, once with one issue more. CPU is that of the process with its children,
user and system. The changed issues are of the middle, so that their indexes are full pages. The first revision finds no
generation before the current one and links every file, the second is made out of one, as all later builds are.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digester import site
from digester.domain.ids import theme_id
from digester.domain.issue import Census, Coverage, Excerpt, Issue, Pick, Row, Section, Sentence, Thread, Window
from digester.domain.model import Claim, EvidenceLevel, Organisation, Support
from digester.domain.site import Site
from digester.outputs.json import dump, load
from digester.tree import Tree, Written

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
PICKS, HOUSES, THEMES = 25, 60, 12
ONLINE = 6  # picks with an online test: as many as a weekly with most of them has
MOST_CPU, MOST_FILES = 0.02, 6
FIRST = datetime(2023, 1, 2, 7, tzinfo=UTC)
WORDS = [
    "ranking",
    "retrieval",
    "sequence",
    "cold",
    "start",
    "latency",
    "budget",
    "signal",
    "teacher",
    "merchant",
    "session",
    "slot",
    "graph",
    "index",
]


def words(seed: int, count: int) -> str:
    return " ".join(WORDS[(seed * 7 + n * n + n) % len(WORDS)] for n in range(count)).capitalize() + "."


def sentence(seed: int, cites: tuple[str, ...] = ()) -> Sentence:
    support = (Support("p", seed % 40, seed % 40 + 90, "claim:sentence"),)
    return Sentence(f"s{seed}", "report", {"en": words(seed, 22), "zh": "排序与检索" * 8 + "。"}, cites, support)


def pick(issue: int, n: int) -> Pick:
    seed = issue * PICKS + n
    support = Support("p", seed % 40, seed % 40 + 90, "claim:sentence")
    levels: tuple[EvidenceLevel, EvidenceLevel] = ("online_ab", "deployed") if n < ONLINE else ("offline", "offline")
    claims = (Claim("CTR", f"{seed % 9}.{seed % 10}", "%", "+", levels[0], (support,)),
              Claim("latency", f"{seed % 30}", "%", "-", levels[1], (support,), "up to", "home feed"))  # fmt: skip
    return Pick(
        f"story-{seed}", f"arxiv:26{seed:07d}", f"item-{seed}", "paper", words(seed, 9), f"https://arxiv.example/abs/{seed}",
        "arXiv", ("Ada Marrow", "Lin Sand"), 3 + seed % 3, {"en": words(seed, 8)}, "full_text",
        {"en": words(seed, 8), "zh": "检索与排序的一种做法"}, tuple(sentence(seed + k) for k in range(4)),
        (Organisation(f"House {seed % HOUSES}", "industry", support),), claims, announced_at=(FIRST + timedelta(days=issue)).date(),
    )  # fmt: skip


def issue(n: int, revision: int = 1) -> Issue:
    end = FIRST + timedelta(days=n)
    period = end.date().isoformat()
    picks = [pick(n, k) for k in range(PICKS)]
    names = [f"Theme {(n + k) % THEMES}" for k in range(3)]
    sections = tuple(
        Section(f"s{k}", {"en": name, "zh": f"主题 {name}"}, (sentence(n + k),), tuple(picks[k::3]), name)
        for k, name in enumerate(names)
    )
    thread = Thread(
        theme_id("rec-daily", period, names[0]), {"en": names[0], "zh": "主题"}, (picks[0].work,), (sentence(n),)
    )
    excerpts = tuple(Excerpt("p", k, k + 90, words(k, 20), f"https://arxiv.example/html/{k}") for k in range(40))
    return Issue(
        f"rec-daily/{period}", "rec-daily", period, revision, "frozen", {"en": f"RecSys Daily - {period}", "zh": f"推荐算法日报 - {period}"},
        {"en": f"daily-report-en-{period}", "zh": f"daily-report-{period}"}, {"en": ("RecSys", "Daily"), "zh": ("推荐系统", "日报")},
        {"en": "Rec Tech Report", "zh": "推荐技术报告"}, {"en": words(n, 40), "zh": "排序、检索与序列。" * 6},
        Window(end - timedelta(days=1), end), Census(400, {"cs.IR": 90}, 60, PICKS, {"5": 8, "4": 9, "3": 8}, 9, 12, 3),
        Coverage(40, 39, 0.99), (sentence(n), sentence(n + 1)), (sentence(n + 2),), (thread,), sections,
        tuple(Row(p.work, p.title, p.url, p.rating, (p.organisations[0].name,), "online_ab", "s0") for p in picks), (), (),
        {"en": "By patterns."}, "extractive/1", end + timedelta(minutes=5 + revision), ("en", "zh"), excerpts=excerpts,
    )  # fmt: skip


def corrected(one: Issue) -> Issue:
    """The first figure of its first pick, and the sentence that says it, put right: what a correction is."""
    section = one.sections[0]
    first = section.picks[0]
    claims = (replace(first.claims[0], value="9.9"), *first.claims[1:])
    said = (
        replace(first.sentences[0], text={"en": "CTR rose by 9.9%.", "zh": "点击率提高 9.9%。"}),
        *first.sentences[1:],
    )
    picks = (replace(first, claims=claims, sentences=said), *section.picks[1:])
    return replace(one, sections=(replace(section, picks=picks), *one.sections[1:]))


def cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def stamp(one: Issue) -> str:
    return f"{one.id}@{one.revision} {one.state} {one.frozen_at.isoformat()}"


def build(tree: Tree, kept: dict[str, tuple[str, bytes]]) -> tuple[float, Written, int]:
    """CPU seconds, what was written, and how many records were read. Records are read from their bytes."""
    read: list[str] = []

    def record(id_: str) -> Issue:
        read.append(id_)
        return load(kept[id_][1])

    began = cpu()
    issues = [site.Listed(id_, mark) for id_, (mark, _) in sorted(kept.items(), reverse=True)]
    done = site.write(tree, Site("https://digest.example"), issues, record, site.collections(None, "code=1"), "code=1")
    return cpu() - began, done, len(read)


def keep(one: Issue) -> tuple[str, bytes]:
    return stamp(one), dump(one)


def shown_in(path: str) -> bool:
    """An index that shows an issue: a list, a calendar, a theme, an organisation, the list of titles, the map."""
    return not path.removeprefix("zh/").startswith("article/")


def main() -> int:
    kept = {one.id: keep(one) for one in map(issue, range(COUNT))}
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(Path(folder) / "site")
        rows: dict[str, tuple[float, Written, int]] = {"full build": build(tree, kept)}
        rows["nothing changed"] = build(tree, kept)
        middle = corrected(issue(COUNT // 2, 2))
        other, new = corrected(issue(COUNT // 2 + 1, 2)), issue(COUNT)
        for name, one in (("one issue revised", middle), ("another revised", other), ("one issue more", new)):
            kept[one.id] = keep(one)
            rows[name] = build(tree, kept)
        size = sum(p.stat().st_size for p in tree.public.rglob("*") if p.is_file())
    full = rows["full build"][0]
    lines = [
        f"{COUNT} issues of {PICKS} picks in two languages: {rows['full build'][1].files} files, {size / 1e6:.0f} MB\n"
    ]
    lines.append(f"{'':20}{'CPU s':>9}{'of full':>9}{'records':>9}{'written':>9}{'no index':>10}")
    for name, (took, done, records) in rows.items():
        others = sum(not shown_in(p) for p in done.written)
        lines.append(f"{name:20}{took:9.2f}{took / full:9.2%}{records:9}{len(done.written):9}{others:10}")
    sys.stdout.write("\n".join(lines) + "\n")
    revised, same = [rows["one issue revised"], rows["another revised"]], rows["nothing changed"]
    met = all(row[0] / full <= MOST_CPU for row in revised) and not same[1].written
    met = met and all(
        sum(not shown_in(p) for p in row[1].written) <= MOST_FILES + 5 for row in (*revised, rows["one issue more"])
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
