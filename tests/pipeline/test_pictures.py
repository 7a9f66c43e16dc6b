"""Figures of the best papers: which are asked for, what becomes of an answer, and where they stand in an issue."""

from __future__ import annotations

from typing import Any

import pytest
from tests.fulltext.drawn import png
from tests.servers.newsroom import WEEKLY, Desk, Web, serve

from digester.demo.run import world_folder
from digester.demo.server import Reply
from digester.pipeline.pictures import _unread
from digester.ports import SandboxFailure

WEEK = (WEEKLY[0], "--date", WEEKLY[1])
FIGURE, PAPER = "https://arxiv.example/html/2606.90011v1/x1.png", "https://arxiv.example/html/2606.90011v1"
ABSTRACT = "https://arxiv.example/abs/2606.90011v1"
LICENCE = '<div class="abs-license"><a href="http://creativecommons.org/licenses/{}/">license</a></div>'
pytestmark = pytest.mark.slow


def assessed(desk: Desk, web: Web) -> Desk:
    serve(desk, web)
    for step in ("screen", "enrich", "assess"):
        assert desk(step, *WEEK).code == 0
    web.log.clear()
    return desk


def asked(web: Web, ending: str = ".png") -> list[str]:
    return sorted(url for url, _ in web.log if url.endswith(ending))


def record(desk: Desk) -> Any:
    return desk.json("issues", "show", *WEEK)


def test_figures_of_the_best_papers_are_fetched_once(collected: Desk) -> None:
    with Web() as web:
        report = assessed(collected, web).json("pictures", *WEEK)
        assert (report["done"], report["stored"], report["failures"]) == (2, 2, [])
        assert asked(web) == [FIGURE, "https://arxiv.example/html/2606.90012v1/x1.png"]
        web.log.clear()
        assert (collected.json("pictures", *WEEK)["done"], web.log) == (0, [])


def test_a_figure_under_another_licence_is_not_asked_for(collected: Desk) -> None:
    with Web() as web:
        page = _page(web).replace(b"License: CC BY 4.0", b"License: CC BY-NC-ND 4.0")
        web.special[PAPER] = Reply(200, "text/html", page)
        assert assessed(collected, web).json("pictures", *WEEK)["done"] == 1
        assert FIGURE not in asked(web) and ABSTRACT not in asked(web, "")


@pytest.mark.parametrize(("terms", "shown"), [("by/4.0", True), ("by-nc/4.0", False)])
def test_where_the_page_states_no_licence_the_abstract_page_is_asked_first(
    collected: Desk, terms: str, shown: bool
) -> None:
    with Web() as web:
        web.special[PAPER] = Reply(200, "text/html", _page(web).replace(b"License: CC BY 4.0", b""))
        web.special[ABSTRACT] = Reply(200, "text/html", LICENCE.format(terms).encode())
        report = assessed(collected, web).json("pictures", *WEEK)
        assert (FIGURE in asked(web), report["failures"]) == (shown, [])
        assert (report["stored"], report["refused"]) == ((2, 0) if shown else (1, 1))
        web.log.clear()
        assert (collected.json("pictures", *WEEK)["done"], web.log) == (0, [])


@pytest.mark.parametrize(
    "answer",
    [
        Reply(404, "text/plain", b"no such picture"),
        Reply(200, "image/png", b"<svg onload='alert(1)'/>"),
        Reply(200, "image/png", png(100, 20)),
    ],
    ids=["gone", "no picture", "too small"],
)
def test_what_can_never_be_shown_is_asked_for_once(collected: Desk, answer: Reply) -> None:
    with Web() as web:
        web.special[FIGURE] = answer
        report = assessed(collected, web).json("pictures", *WEEK)
        assert (report["stored"], report["refused"], report["failures"]) == (1, 1, [])
        web.log.clear()
        assert (collected.json("pictures", *WEEK)["done"], web.log) == (0, [])


def test_a_server_that_fails_is_asked_again_later_and_the_issue_goes_out_without_the_picture(collected: Desk) -> None:
    with Web() as web:
        web.special[FIGURE] = Reply(500, "text/plain", b"")
        serve(collected, web)
        done = collected("--json", "run", *WEEK)
        assert done.code == 0
        (step,) = [s for s in done.data["steps"] if s["step"] == "pictures"]
        assert (step["stored"], [f["subject"] for f in step["failures"]]) == (1, [FIGURE])
        shown = [s["illustration"] for s in record(collected)["sections"] if s["illustration"]]
        assert [i["picture"]["work"] for i in shown] == ["arxiv:2606.90012"]


def test_a_picture_stands_beside_its_issue_and_regenerate_writes_it_again(made: Desk) -> None:
    shown = [s["illustration"] for s in record(made)["sections"] if s["illustration"]]
    assert [(i["picture"]["work"], i["picture"]["licence"]) for i in shown] == [
        ("arxiv:2606.90012", "CC BY-SA 4.0"), ("arxiv:2606.90011", "CC BY 4.0"),
    ]  # fmt: skip
    files = [made.home / WEEKLY[0] / "pictures" / i["picture"]["name"] for i in shown]
    drawn = [(world_folder() / name).read_bytes() for name in ("longweir.png", "sidloom.png")]
    assert [f.read_bytes() for f in files] == drawn
    for f in files:
        f.unlink()
    assert made("regenerate", *WEEK, "--render").code == 0
    assert [f.read_bytes() for f in files] == drawn


def test_the_words_below_a_picture_are_its_papers_own_and_are_checked_like_all_others(made: Desk) -> None:
    (caption, *_) = [s["illustration"]["caption"] for s in record(made)["sections"] if s["illustration"]]
    assert caption["kind"] == "quote" and caption["text"] == {
        "en": "Overview of LongWeir, with the ladder of summary vectors above the latest events."
    }
    assert made("verify", *WEEK).code == 0


def _page(web: Web) -> bytes:
    from digester.demo.server import answer

    return answer(web.world, web.at, PAPER).body


def test_an_issue_of_another_kind_asks_for_no_figure_and_says_so(collected: Desk) -> None:
    done = collected("pictures", "ai-daily", "--date", "2026-06-20")
    assert done.code == 0 and "only weeklies of papers do" in done.out


def test_a_picture_whose_reader_was_stopped_is_asked_for_again_and_a_broken_one_is_not() -> None:
    assert [_unread(SandboxFailure(kind, "why")).for_good for kind in ("timeout", "memory", "crash", "error")] == [
        False, False, False, True,
    ]  # fmt: skip
