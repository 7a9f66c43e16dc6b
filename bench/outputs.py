"""CPU of an issue of a hundred items in all its forms beside one web page made for mail the usual way, in one run.

Ours is JSON, Markdown, HTML and the e-mail with both parts, cut to what mail programs show; the other side makes of the same
record's Markdown a page with markdown-it-py and writes the styles of ours into its tags with premailer. Both are warm: a
first round, which imports and compiles, is not counted. Every round has an issue with other words, so that nothing
that is remembered of one helps the next.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email import policy
from email.parser import BytesParser

from digester.domain.issue import Census, Coverage, Issue, Pick, Row, Section, Sentence, Window
from digester.domain.model import Claim, Organisation, Support
from digester.outputs import OUTPUTS
from digester.outputs._templates import folder
from digester.outputs._tokens import resolve, tokens

ITEMS, ROUNDS = 100, 7
GOAL = 8.0
TEXT = (
    "The model keeps a trie of the identifiers that exist and lets the decoder walk only along its edges.",
    "It is rebuilt every ten minutes and shared by all replicas, which takes 11 ms of each request.",
    "Constrained decoding removes 38% of the beams that a free search spends on identifiers without an item.",
)


def pick(n: int, turn: int) -> Pick:
    support = (Support("p", 0, 40, "claim:sentence"),)
    sentences = tuple(Sentence(f"s{n}.{k}", "quote" if k == 2 else "report", {"en": f"{text[:-1]} ({turn}.{n})."}, (f"i{(n * 7 + k) % ITEMS}",), support) for k, text in enumerate(TEXT))  # fmt: skip
    claims = tuple(Claim(metric, f"{n % 9}.{n % 7}", "%", "+", level, support, None, "10% of traffic") for metric, level in (("CTR", "online_ab"), ("GMV", "online_ab"), ("Recall@50", "offline")))  # fmt: skip
    return Pick(
        f"s{n}", f"arxiv:2606.{n:05}", f"i{n}", "paper", f"NAME{turn}-{n}: Constrained Search over Identifiers, Part {n}",
        f"https://arxiv.example/abs/2606.{n:05}v1", "arXiv", ("Ilva Brandt", "Teo Marrow"), 3 + n % 3,
        {"en": "online test with signed figures"}, "full_text", {"en": f"Maker {n}: NAME{turn}-{n}, search over identifiers that exist"},
        sentences, (Organisation(f"Maker {n}", "industry", support[0]),), claims, announced_at=date(2026, 6, 16),
    )  # fmt: skip


def issue(turn: int) -> Issue:
    picks = tuple(pick(n, turn) for n in range(ITEMS))
    sections = tuple(
        Section(f"part-{k}", {"en": f"Part {k}"}, (), picks[k * 20 : k * 20 + 20]) for k in range(ITEMS // 20)
    )
    rows = tuple(
        Row(p.work, p.title, p.url, p.rating, ("Maker",), "online_ab", "part-0", p.announced_at) for p in picks
    )
    end = datetime(2026, 6, 20, 7, tzinfo=UTC)
    return Issue(
        "rec-weekly/2026-W25", "rec-weekly", "2026-W25", 1, "frozen", {"en": "RecSys Weekly 2026-W25"}, {"en": "w25"}, {"en": ()},
        {"en": "Report"}, {"en": "A hundred items."}, Window(datetime(2026, 6, 13, 7, tzinfo=UTC), end),
        Census(2616, {"cs.IR": 111}, 300, ITEMS, {"3": 34, "4": 33, "5": 33}, 90, 90, 0), Coverage(40, 40, 1.0),
        picks[0].sentences, (), (), sections, rows, (), (), {"en": "By a program."}, "extractive/1", end,
    )  # fmt: skip


def ours(record: Issue) -> None:
    for name in ("json", "markdown", "html", "email"):
        OUTPUTS[name].render(record, "en")


def style() -> str:
    """The mail's sheet; its selectors for our classes find nothing in the other page, which is to its advantage."""
    values, _ = tokens((folder() / "tokens.css").read_text("utf-8"))
    return resolve((folder() / "email" / "mail.css").read_text("utf-8"), values)


def theirs(record: Issue) -> None:
    from markdown_it import MarkdownIt
    from premailer import Premailer

    text = re.sub(r"\A---.*?---\n", "", OUTPUTS["markdown"].render(record, "en").decode(), flags=re.DOTALL)
    body = MarkdownIt("commonmark").enable("table").render(text)
    page = f"<html><head><style>{style()}</style></head><body>{body}</body></html>"
    Premailer(page, allow_network=False, disable_validation=True, cssutils_logging_level=50).transform()


def inlined(record: Issue) -> tuple[float, float]:
    """Seconds of css-inline and of premailer for the styles of one and the same page, our mail's."""
    from css_inline import CSSInliner
    from premailer import Premailer

    message = BytesParser(policy=policy.default).parsebytes(OUTPUTS["email"].render(record, "en"))
    bare = re.sub(r' style="[^"]*"', "", message.get_body(("html",)).get_content())
    page = bare.replace("<style>", f"<style>{style()}", 1)
    quick = cpu(lambda _: CSSInliner(load_remote_stylesheets=False, keep_at_rules=True).inline(page))
    slow = cpu(
        lambda _: Premailer(page, allow_network=False, disable_validation=True, cssutils_logging_level=50).transform()
    )
    return quick, slow


def cpu(work: Callable[[Issue], object]) -> float:
    """Seconds of one round, the median of several."""
    taken = []
    work(issue(0))
    for turn in range(1, ROUNDS + 1):
        record = issue(turn)
        start = time.process_time()
        work(record)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> int:
    four, one = cpu(ours), cpu(theirs)
    parts = ", ".join(f"{name} {cpu(lambda r, o=kind: o.render(r, 'en')) * 1000:.0f}" for name, kind in OUTPUTS.items())
    sys.stdout.write(f"{four * 1000:8.0f}  ms CPU of {ITEMS} items in four forms ({parts})\n")
    sys.stdout.write(f"{one * 1000:8.0f}  ms CPU of the same record by markdown-it-py and premailer\n")
    sys.stdout.write(f"{one / four:8.2f}  times (goal {GOAL:g}{'' if one >= GOAL * four else ', missed'})\n")
    quick, slow = inlined(issue(0))
    sys.stdout.write(
        f"{slow / quick:8.2f}  times: the styles of one page by premailer ({slow * 1000:.0f} ms) / css-inline ({quick * 1000:.0f} ms)\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
