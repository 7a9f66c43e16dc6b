"""PDFs made to hurt, and what print hides: an outcome or a ParseError, soon, and no figure that is not there."""

from __future__ import annotations

import time
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fulltext import printed

from digester.domain.errors import ParseError
from digester.domain.model import Extracted
from digester.domain.sources import Document, Request
from digester.domain.text import plain
from digester.fulltext import EXTRACTORS, _pages

URL = "https://papers.example/pdf/2606.90021"
WORDS = ["The shop ranks a shelf by what was read, and says so on its page in plain words."] * 8
LONG = "\n".join(WORDS)


def run(body: bytes) -> Extracted | ParseError:
    try:
        return EXTRACTORS["pdf"](
            Document(Request("pdf", URL), URL, "application/pdf", body, datetime(2026, 7, 1, tzinfo=UTC))
        )
    except ParseError as err:
        return err


def text(body: bytes) -> str:
    found = run(body)
    assert isinstance(found, Extracted), found
    return found.text


def page(*entries: str, kids: str = "[3 0 R]", stream: bytes = b"<< /Length 0 >>\nstream\n\nendstream") -> bytes:
    """A document of one page of which a part is wrong: entries of objects 2 (pages) and 3 (page)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count 1 /Kids {kids} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R {' '.join(entries)} >>".encode(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    return printed.file(objects)


FONT = "/Resources << /Font << /F1 5 0 R >> >>"
BOMB = zlib.compress(b"(x) Tj " * 20_000_000)
KEYS = f"/O <{'41' * 32}> /U <{'42' * 32}>"
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {KEYS} >> /ID [<00> <00>]"
AES = (
    "/Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -4 /StmF /StdCF /StrF /StdCF "
    "/CF << /StdCF << /CFM /AESV2 /Length 16 >> >> " + f"{KEYS} >> /ID [<00> <00>]"
)
WHOLE = printed.pdf(LONG)
HOSTILE = {
    "no objects": b"%PDF-1.7\n%%EOF",
    "header only": b"%PDF-1.4",
    "page tree in a circle": page(kids="[2 0 R]"),
    "page tree in a long circle": page("/Kids [2 0 R] /Type /Pages"),
    "kids without number": page(kids="[" + "3 0 R " * 50_000 + "]"),
    "a page that is its own contents": page().replace(b"/Contents 4 0 R", b"/Contents 3 0 R"),
    "a stream of declared terabytes": page(FONT, stream=b"<< /Length 9999999999999 >>\nstream\n(x) Tj\nendstream"),
    "a stream that is another": page(FONT, stream=b"<< /Length 4 0 R >>\nstream\n(x) Tj\nendstream"),
    "a bomb": page(FONT, stream=b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(BOMB), BOMB)),
    "a bomb in a bomb": page(
        FONT, stream=b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(zlib.compress(BOMB)), zlib.compress(BOMB)),
    ),
    "arrays without end": page(FONT, stream=b"<< /Length 50000 >>\nstream\n" + b"[" * 50_000 + b"\nendstream"),
    "a form that draws itself": page(
        "/Resources << /XObject << /X 4 0 R >> >>",
        stream=b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> "
        b"/Length 10 >>\nstream\n/X Do /X Do\nendstream",
    ),
    "a table that comes before itself": WHOLE.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % WHOLE.rindex(b"xref\n0")),
    "a size without end": WHOLE.replace(b"/Size ", b"/Size 99999999999"),
    "no catalogue": WHOLE.replace(b"/Catalog", b"/Catalox"),
    "dictionaries without end": b"%PDF-1.4\n1 0 obj\n" + b"<< /A " * 50_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    "a start without end": b"%PDF-1.4\nstartxref\n" + b"9" * 50_000 + b"\n%%EOF",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pdf_ends_soon_in_an_outcome(name: str) -> None:
    begun = time.process_time()
    found = run(HOSTILE[name])
    assert time.process_time() - begun < 30
    assert isinstance(found, ParseError) or found.text == plain(found.text)


@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"<html><body>The PDF is being made</body></html>", b"%PD", b"PK\x03\x04"]
)
def test_bytes_that_are_no_pdf_are_an_error(body: bytes) -> None:
    assert isinstance(run(body), ParseError)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 0.95])
def test_a_pdf_cut_off_is_an_error_and_no_shorter_paper(share: float) -> None:
    whole = printed.pdf("===\n".join([LONG] * 6))
    assert isinstance(run(whole[: int(len(whole) * share)]), ParseError)


@pytest.mark.parametrize("lock", [LOCKED, AES])
def test_an_encrypted_pdf_is_unsupported(lock: str) -> None:
    found = run(printed.document([printed.content(WORDS)], lock))
    assert isinstance(found, Extracted) and (found.outcome, found.text) == ("unsupported", "")


def test_letters_without_meaning_are_no_text() -> None:
    body = printed.pdf(LONG).replace(b"/F1 10 Tf", b"/F9 10 Tf")  # a font that is not there
    found = run(body)
    assert isinstance(found, Extracted) and found.outcome == "unsupported"


def test_one_page_that_cannot_be_read_costs_itself_only() -> None:
    pages = [printed.content([word, *WORDS[1:-1], word]) for word in ("Lost.", "Kept.", "Also kept.")]
    body = printed.document(pages, Filter="[" + "/FlateDecode " * 99 + "]")
    read = text(body)
    assert "Also kept." in read and "Lost" not in read


def test_pages_and_characters_have_a_cap() -> None:
    many = "===\n".join(f"Top.\nTop.\nIt says {n * 1000}.\n{LONG}" for n in range(_pages.MAX_PAGES + 3))
    read = text(printed.pdf(many))
    assert f"says {(_pages.MAX_PAGES - 1) * 1000}." in read and f"says {_pages.MAX_PAGES * 1000}." not in read
    assert "Top." not in read


@pytest.mark.parametrize(
    ("printed_line", "read"),
    [
        ("a budget of 10^{6} calls", "a budget of 10^6 calls"),
        ("the price fell by 1.2%^{3} here", "the price fell by 1.2% here"),
        ("a note behind words^{2} here", "a note behind words here"),
        ("an eﬃcient ﬁrst shelf", "an efficient first shelf"),
        ("a cut bud-\nget", "a cut budget"),
        ("a budget and a cut bud-\nget", "a budget and a cut budget"),
        ("a well known, well-\nknown fact", "a well known, well-known fact"),
        ("built on GPT-\n4 alone", "built on GPT-4 alone"),
        ("from 2025-\n2026 on", "from 2025-2026 on"),
        ("a dash -\nhere", "a dash - here"),
    ],
)
def test_print_is_read_as_it_is_meant(printed_line: str, read: str) -> None:
    assert read in text(printed.pdf(f"{LONG}\n{printed_line}\nand more."))


def test_a_turned_stamp_is_no_text_and_a_turned_page_is() -> None:
    assert "stamp" not in text(printed.pdf(f"r|stamp\n{LONG}"))
    assert "turned" in text(printed.pdf("r|turned and alone"))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(WHOLE)), st.integers(0, 200))
def test_any_damage_is_an_outcome(junk: bytes, place: int, lost: int) -> None:
    found = run(WHOLE[:place] + junk + WHOLE[place + lost :])
    assert isinstance(found, ParseError) or found.text == plain(found.text)


# -------------------------------------------------------------------- P18
def drawn(*lines: str) -> bytes:
    """A page with LONG on it and further lines, each `operators|words`."""
    more = "\n".join(
        f"q {how} BT /F1 10 Tf 1 0 0 1 72 {400 - 14 * n} Tm ({words}) Tj ET Q"
        for n, (how, _, words) in enumerate(line.partition("|") for line in lines)
    )
    return printed.document([printed.content(WORDS) + b"\n" + more.encode()])


UNSEEN = {
    "white": "1 g", "white of three": "1 1 1 rg", "white of four": "0 0 0 0 k", "white by space": "/DeviceRGB cs 1 1 1 sc",
    "no ink": "3 Tr", "tiny": "0.1 0 0 0.1 0 0 cm", "white after black": "0 g 1 g",
}  # fmt: skip


@pytest.mark.parametrize("how", UNSEEN.values(), ids=UNSEEN)
def test_P18_print_that_no_reader_sees_is_no_text_of_a_paper(how: str) -> None:
    found = text(drawn(f"{how}|Canary words for programs only.", "0 g|The last line is seen."))
    assert "Canary" not in found and found.endswith("The last line is seen.")
    assert found.count("in plain words") == len(WORDS)


@pytest.mark.parametrize("how", ["0 g", "0.9 g", "1 0 0 rg", "0 0 0 1 k", "1 g 0 g", "3 Tr 0 Tr", "1 Tr", "/Pattern cs /P1 scn", "/Cs1 cs 0 scn", "(x) Tr"])  # fmt: skip
def test_P18_coloured_and_outlined_print_is_text(how: str) -> None:
    assert "Canary words" in text(drawn(f"{how}|Canary words for every reader."))


def test_P18_the_colour_of_a_saved_state_comes_back() -> None:
    stream = b"q 1 g q 0 g Q BT /F1 10 Tf 1 0 0 1 72 300 Tm (Canary.) Tj ET Q BT 1 0 0 1 72 280 Tm /F1 10 Tf (Seen again.) Tj ET"
    found = text(printed.document([printed.content(WORDS) + b"\n" + stream]))
    assert "Canary" not in found and "Seen again." in found


def test_P18_a_scanned_page_is_read_by_the_text_behind_its_picture() -> None:
    found = text(printed.document([b"3 Tr " + printed.content(WORDS)]))
    assert found.count("in plain words") == len(WORDS)


def test_P18_states_saved_without_end_and_values_that_are_none_are_contained() -> None:
    odd = b"q " * 20_000 + b"Q " * 30_000 + b" Tr [] Tr g (a) (b) rg << >> k "
    assert text(printed.document([odd + printed.content(WORDS)])).count("in plain words") == len(WORDS)
