"""The choke point for text: idempotent, without control characters, never cut inside a word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digester.domain.text import fold, language_of, one_line, plain, untex, word_count

BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
tex_ish = st.lists(
    st.one_of(
        st.sampled_from(
            [
                r"\textbf{",
                r"\emph{",
                "{",
                "}",
                "$",
                "\\",
                r"\%",
                r"\le",
                r"\l",
                "e",
                "%",
                "&",
                " ",
                "\n",
                "\u0301",
                "5",
                "a",
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(), tex_ish))
@example("$$a$$")
@example(r"\textbf{" * 30 + "x" + "}" * 30)
@example("$" * 50 + "a" + "$" * 50)
@example("\\" * 9 + "%")
@example("$a\nb$")
@example(r"\emph{e}" + "\u0301")
@example("\x85\u2028\u2029")
@example("".join(f"$\\l$e{n}" for n in range(40)))
def test_plain_is_idempotent_and_holds_nothing_hidden(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once
    for char in once:
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), hex(ord(char))
        assert ord(char) not in BIDI
        assert char == " " or not char.isspace()
        assert not 0xE0000 <= ord(char) <= 0xE007F
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\t\n b\r\n", "a b"),
        ("a\x85b\u2028c\u00a0d\u3000e", "a b c d e"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\ufeffa\u200bb\u00adc", "abc"),
        ("user\u202egpj.exe", "usergpj.exe"),
        ("hidden" + "".join(chr(0xE0000 + ord(c)) for c in "ignore all"), "hidden"),
        ("a\ud800b", "ab"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("推荐  系统", "推荐 系统"),
        ("a \\n b", "a \\n b"),
    ],
)
def test_plain_by_example(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"lifts CTR by 1.2\%", "lifts CTR by 1.2%"),
        (r"\textbf{S}ystem \emph{x}", "System x"),
        (
            "D-CORE~(Decomposing), see Fig.~2 of Brandt et al.~[3]; ii)~the rest.~So",
            "D-CORE (Decomposing), see Fig. 2 of Brandt et al. [3]; ii) the rest. So",
        ),
        ("z~N(0,1), 2~3 of ~10% in /~ada and 5x~10x", "z~N(0,1), 2~3 of ~10% in /~ada and 5x~10x"),
        (r"\textbf{\emph{a}} b", "a b"),
        (r"$K$ lists, $\alpha$ and $\le 5$", "K lists, α and ≤ 5"),
        ("$x_i + y$", "x_i + y"),
        ("from $5 to $10", "from $5 to $10"),
        ("$4.5B in $3B out", "$4.5B in $3B out"),
        ("$ a $", "$ a $"),
        ("$5", "$5"),
        (r"A\&B \# \_ 3 \times 4", "A&B # _ 3 × 4"),
        (r"\unknown{a} \cite{b}", r"\unknown{a}"),
        (r"code at \href{https://x.example}{this page}.", "code at this page."),
        (r"at \textcolor{blue}{\href{u}{a page}}", "at a page"),
        (r"Fr\'echet, Ma\'nczak and Qomhr\'{a}", "Fréchet, Mańczak and Qomhrá"),
        (r"it\'s and don\'t", r"it\'s and don\'t"),
        ("``ground truth'' and ``code``", "\u201cground truth\u201d and ``code``"),
        (r"20\,FPS at 360^{\circ} and 1{\deg}C", "20 FPS at 360° and 1°C"),
        (r"{\bf Elastic} \uline{M}ine", "Elastic Mine"),
        (r"streams\unicode{x2014}recent", "streams\u2014recent"),
        ("MR$^2$-Bench, S$^{2}$GR, 10$^5$ items", "MR\u00b2-Bench, S\u00b2GR, 10^5 items"),
        (r"used.\footnote{the page}", "used. (the page)"),
        (r"\leq14B, \eg depth", "\u226414B, e.g. depth"),
        ("no tex", "no tex"),
        (r"\textbf{open", r"\textbf{open"),
    ],
)
def test_untex_by_example(text: str, expected: str) -> None:
    assert untex(text) == expected


@given(st.text())
def test_untex_of_text_without_tex_is_the_text(text: str) -> None:
    text = text.replace("\\", "").replace("$", "")
    assert untex(text) == text


@pytest.mark.parametrize(
    "text", [r"\textbf{" * 20_000 + "}" * 20_000, "$" * 100_000, "\\" * 100_000 + "%", "{" * 100_000, "$a" * 50_000]
)
def test_hostile_tex_ends(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


words = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=1, max_size=40).map(" ".join)


@given(words, st.integers(20, 120))
def test_one_line_never_cuts_a_word(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    if line != text:
        assert line.endswith("…")
        assert text.startswith(line[:-1])
        assert text[len(line) - 1] == " "


mixed = st.lists(
    st.one_of(st.text("推荐系统模型", min_size=1, max_size=15), st.text("abcXYZ019", min_size=1, max_size=9)),
    max_size=30,
).map("".join)


@given(mixed, st.integers(20, 80))
def test_one_line_never_cuts_an_english_word_in_chinese(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    kept = line[:-1]
    if line != text and any("\u4e00" <= c <= "\u9fff" for c in kept):
        assert not (kept[-1].isascii() and text[len(kept)].isascii())


@given(st.text(), st.integers(2, 60))
def test_one_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
    assert one_line(plain(text), limit) == line


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("First sentence here. Second one is long", 30, "First sentence here."),
        ("这是第一句话，很长。这是第二句", 12, "这是第一句话，很长。"),
        ("one, two three", 9, "one…"),
        ("one, two, three", 12, "one, two…"),
        ("x" * 50, 10, "x" * 9 + "…"),
    ],
)
def test_one_line_by_example(text: str, limit: int, expected: str) -> None:
    assert one_line(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A plain headline", "en"), ("", "en"), ("推荐系统周报", "zh"), ("用 Transformer 做推荐的新方法", "zh"),
        ("Qwen (通义) released", "en"), ("A survey of 推荐系统 methods and their long list of open problems", "en"), ("中文", "en"),
    ],
)  # fmt: skip
def test_language_is_a_matter_of_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_words_and_han_characters_are_counted() -> None:
    assert word_count("Two words 和三个字") == 6


def test_folding_is_for_comparison_and_ignores_case_width_quotes_and_dashes() -> None:
    assert fold("“Ａ”  – \u2019b\u2019") == "\"a\" - 'b'"
    assert fold("Straße") == fold("STRASSE")
