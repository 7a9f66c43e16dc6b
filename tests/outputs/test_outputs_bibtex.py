"""BibTeX: balanced whatever titles hold, one entry a work, keys that stay."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.issue_samples import WHALE, daily, item, weekly

from digester.domain.issue import Issue, Pick, Section
from digester.outputs import OUTPUTS
from digester.outputs.bibtex import escaped, key


def bib(*picks: Pick, of: Issue | None = None) -> str:
    issue = of or replace(weekly(), sections=(Section("s", {"en": "S"}, (), picks),))
    return OUTPUTS["bibtex"].render(issue, "en").decode()


def read(text: str) -> dict[str, dict[str, str]]:
    """A reader that knows of BibTeX what matters here: entries and values end where their braces do."""
    found: dict[str, dict[str, str]] = {}
    at = 0
    while (start := text.find("@", at)) >= 0:
        head = re.compile(r"@misc\{([A-Za-z0-9.-]+),\n").match(text, start)
        assert head and head[1] not in found
        at, fields = head.end(), found.setdefault(head[1], {})
        while name := re.compile(r"  (\w+) +=").match(text, at):
            opened = text.index("{", name.end())
            at = opened + 1
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[name[1]] = text[opened + 1 : at - 1]
            assert text[at : at + 2] == ",\n"
            at += 2
        assert text[at : at + 2] == "}\n"
        at += 2
    return found


def test_a_paper_has_its_eprint_authors_and_year() -> None:
    assert read(bib(WHALE))["arxiv-2606.90011"] == {
        "title": "{CODEWALK: Constrained Beam Search over Semantic IDs for Generative Retrieval}",
        "author": "Ilva Brandt and Teo Marrow and Xu Lian and Oda Fell",
        "year": "2026", "eprint": "2606.90011", "archivePrefix": "arXiv", "url": "https://arxiv.example/abs/2606.90011v1",
    }  # fmt: skip


def test_every_paper_of_an_issue_is_one_entry() -> None:
    assert len(read(bib(of=weekly()))) == 4
    assert len(read(bib(WHALE, WHALE))) == 1


def test_articles_count_and_posts_repositories_and_episodes_do_not() -> None:
    assert len(read(bib(of=daily()))) == 3


def test_r13_an_issue_without_papers_is_empty() -> None:
    assert bib() == ""


@pytest.mark.parametrize("payload", HOSTILE)
def test_r10_hostile_text_ends_no_entry(payload: str) -> None:
    issue = hostile(payload)
    papers = tuple(replace(p, kind="paper") for p in issue.picks())[:1]
    (fields,) = read(bib(*papers)).values()
    assert set(fields) <= {"title", "author", "year", "eprint", "archivePrefix", "url"}


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.text(alphabet=st.characters(max_codepoint=0x4FF)))
def test_any_title_author_and_address_stays_in_its_field(title: str, author: str, path: str) -> None:
    pick = replace(WHALE, title=title, authors=(author,), url=f"https://a.example/{path}")
    fields = read(bib(pick))["arxiv-2606.90011"]
    assert fields.get("title", "{}").startswith("{") and "\n" not in "".join(fields.values())


def test_tex_specials_are_escaped() -> None:
    assert escaped("50% of R&D: $K_1$ #1 {x} ~a^b\\c\nd") == (
        r"50\% of R\&D: \$K\_1\$ \#1 \textbraceleft{}x\textbraceright{} \textasciitilde{}a\textasciicircum{}b\textbackslash{}c d"
    )


def test_a_name_that_reads_as_two_stands_in_braces() -> None:
    pick = replace(WHALE, authors=("Barnes and Noble", "Ana Lumen", "others", "Alexander Sand"))
    assert (
        read(bib(pick))["arxiv-2606.90011"]["author"]
        == "{Barnes and Noble} and Ana Lumen and {others} and Alexander Sand"
    )


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    assert "url" not in read(bib(replace(WHALE, url=url)))["arxiv-2606.90011"]


def test_keys_are_stable_plain_and_unlike() -> None:
    works = ("arxiv:2606.90011", "url:https://a.example/x", "url:https://a.example/x/", "url:https://a.example/X",
             "doi:10.1145/1", "doi:10.1145-1", "arxiv:hep-th/9901001", ":", "", "中:文", "url:" + "a" * 300, "url:" + "a" * 301)  # fmt: skip
    keys = [key(w) for w in works]
    assert keys[0] == "arxiv-2606.90011" and len({k.casefold() for k in keys}) == len(works)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,60}", k) for k in keys)


def test_a_work_of_a_doi_has_it() -> None:
    pick = item("1", "paper", "T", "https://a.example/1", "S", work="doi:10.1145/12{3}")
    (fields,) = read(bib(pick)).values()
    assert fields["doi"] == "10.1145/12%7B3%7D" and "eprint" not in fields
