"""First pages in the layouts that papers use, read down to the organisations that are printed for them.

People, universities and small companies are invented; the companies of the table are real names. Each case is what
stands in the author area of a LaTeXML page, or above and below the abstract of a printed one.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.fulltext import printed

from digester.analysis import names
from digester.domain.ids import passage_id
from digester.domain.model import Passage
from digester.domain.sources import Document, Request
from digester.fulltext import EXTRACTORS

WORDS = "The shop ranks a shelf by what was read, and says so on its page in plain words. " * 8
VARNHOLM, NANLU = "University of Varnholm", "University of Nanlu"


def organisations(kind: str, media: str, body: bytes) -> list[str]:
    url = "https://papers.example/2606.90031"
    found = EXTRACTORS[kind](Document(Request(kind, url), url, media, body, datetime(2026, 7, 1, tzinfo=UTC)))
    text = names.author_block_text(found.author_block)
    passage = Passage(passage_id(text), "arxiv:2606.90031", "full_text", text)
    read = list(names.in_author_block(found.author_block, passage))
    assert all(text[o.support.start : o.support.end].strip() for o in read)
    return [o.name for o in read]


def html(authors: str, after: str = "") -> list[str]:
    page = (
        f'<!DOCTYPE html><html><body><article class="ltx_document"><div class="ltx_authors">{authors}</div>{after}'
        f'<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Introduction</h2><div class="ltx_para">'
        f'<p class="ltx_p">{WORDS}</p></div></section></article></body></html>'
    )
    return organisations("arxiv_html", "text/html; charset=utf-8", page.encode())


def pdf(front: str, foot: str = "") -> list[str]:
    body = "\n".join(["The shop ranks a shelf by what was read."] * 20)
    page = (
        f"T|Slow Shelves for Readers\n{front.strip()}\nH|Abstract\n{body}\nH|1 Introduction\n{body}\n{foot.strip()}\n"
    )
    return organisations("pdf", "application/pdf", printed.pdf(page))


def creator(text: str, *contacts: str) -> str:
    notes = "".join(f'<span class="ltx_contact ltx_role_affiliation">{c}</span>' for c in contacts)
    return f'<span class="ltx_creator ltx_role_author"><span class="ltx_personname">{text}</span><span class="ltx_author_notes">{notes}</span></span>'


def note(mark: str, text: str, role: str = "thanks") -> str:
    return (
        f'<span class="ltx_note ltx_role_{role}"><sup class="ltx_note_mark">{mark}</sup><span class="ltx_note_outer"><span class="ltx_note_content">'
        f'<sup class="ltx_note_mark">{mark}</sup><span class="ltx_note_type">{role}: </span>{text}</span></span></span>'
    )


def place(institution: str, city: str = "Osterfjord", country: str = "Norway") -> str:
    return "".join(
        f'<span class="ltx_text ltx_affiliation_{k}">{v}</span>'
        for k, v in (("institution", institution), ("city", city), ("country", country))
    )


HTML = {
    "acmart, one contact each": (
        creator("Ada Marlow", place("Kuaishou Technology", "Beijing", "China")) + creator("Bo Linde", place(VARNHOLM)),
        ["Kuaishou", VARNHOLM],
    ),
    "acmart, a contact shared by those before": (
        creator("Ada Marlow") + creator("Bo Linde") + creator("Chen Yu", place("Meituan", "Beijing", "China")),
        ["Meituan"],
    ),
    "acmart, department and institution": (
        creator("Ada Marlow", '<span class="ltx_text ltx_affiliation_department">School of Computing</span>' + place(NANLU)),
        [NANLU],
    ),
    "two contacts of one author": (
        creator("Ada Marlow", place(NANLU), place("Tencent Inc.", "Shenzhen", "China")),
        ["Tencent", NANLU],
    ),
    "superscripts and a legend on lines": (
        creator(f"Ada Marlow<sup>1,2</sup>, Bo Linde<sup>2</sup><br><sup>1</sup>{VARNHOLM}<br><sup>2</sup>Alibaba Group, Hangzhou, China<br>{{ada,bo}}@alibaba-inc.com"),
        ["Alibaba", VARNHOLM],
    ),
    "superscripts as formulas, legend on one line": (
        creator(f'Ada Marlow<math alttext="{{}}^{{1,\\dagger}}"></math>, Bo Linde<math alttext="{{}}^{{2}}"></math><br><math alttext="{{}}^{{1}}"></math>{NANLU}, <math alttext="{{}}^{{2}}"></math>ByteDance<br><math alttext="{{}}^{{\\dagger}}"></math>Equal contribution'),
        ["ByteDance", NANLU],
    ),
    "a mark that tells of an internship": (
        creator(f"Ada Marlow<sup>1†</sup>, Bo Linde<sup>1</sup><br><sup>1</sup>{NANLU}<br><sup>†</sup>Work done during internship at Meituan"),
        ["Meituan", NANLU],
    ),
    "thanks that tell of an internship": (
        creator(f"Ada Marlow{note('†', 'This work was done during an internship at Kuaishou.')}<br>{VARNHOLM}<br>ada@varnholm.example"),
        ["Kuaishou", VARNHOLM],
    ),
    "thanks that are an affiliation, author-year": (
        creator(f"Ada Marlow{note('*', 'Shopee, Singapore. E-mail: ada@shopee.com')} and Bo Linde{note('†', NANLU + ', Nanlu')}"),
        ["Shopee", NANLU],
    ),
    "thanks of money are nothing": (
        creator(f"Ada Marlow{note('*', 'Supported by Google under grant 7.')}<br>{VARNHOLM}"),
        [VARNHOLM],
    ),
    "IEEE notes: is with": (
        creator("Ada Marlow, Bo Linde" + note("1", f"A. Marlow is with the Department of Computing, {VARNHOLM}, Osterfjord (e-mail: ada@varnholm.example).") + note("2", "B. Linde is with Huawei Technologies, Shenzhen, China.")),
        ["Huawei", VARNHOLM],
    ),
    "plain lines, one author below the other": (
        creator("Ada Marlow<br>Pinterest<br>San Francisco, CA, USA<br>ada@pinterest.com") + creator(f"Bo Linde<br>{NANLU}<br>Nanlu"),
        ["Pinterest", NANLU],
    ),
    "only mail addresses": (
        creator("Ada Marlow<br>ada@meituan.com") + creator("Bo Linde<br>bo@qq.com"),
        ["Meituan"],
    ),
    "a shared address with nobody's name": (
        creator("Ada Marlow, Bo Linde<br>{x7,y9}@kuaishou.com"),
        ["Kuaishou"],
    ),
    "joint laboratory": (
        creator("Ada Marlow", f"{NANLU} - Kuaishou Joint Lab, Beijing"),
        ["Kuaishou", NANLU],
    ),
    "words that are companies": (
        creator("Ada Marlow", "Apple, Cupertino") + creator("Bo Linde", "Snap Inc.") + creator("Chen Yu", "Meta AI"),
        ["Apple", "Snap", "Meta"],
    ),
    "an author with a company's name": (creator("Ford Wells Target", place(NANLU)), [NANLU]),
    "independent": (creator("Ada Marlow<br>Independent Researcher<br>ada@gmail.com"), []),
    "Chinese names": (
        creator("林安<sup>1</sup>, 陈宇<sup>2</sup><br><sup>1</sup>滨海大学计算机系, 北京<br><sup>2</sup>北京快手科技有限公司"),
        ["Kuaishou", "滨海大学"],
    ),
    "brand and house": (
        creator("Ada Marlow", place("Taobao &amp; Tmall Group of Alibaba", "Hangzhou", "China")) + creator("Bo Linde", place("Alimama")),
        ["Alibaba"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
def test_a_latexml_page(name: str) -> None:
    markup, expected = HTML[name]
    assert html(markup) == expected


def test_institutes_of_llncs_stand_in_notes_behind_the_authors() -> None:
    after = note("1", "Yandex Research, Moscow", "institutetext") + note("2", NANLU, "institutetext")
    assert html(creator("Ada Marlow<sup>1</sup>") + creator("Bo Linde<sup>2</sup>"), after) == ["Yandex", NANLU]


PDF = {
    "marks and a legend": (f"Ada Marlow^{{1}}, Bo Linde^{{2}}\ns|^{{1}}{VARNHOLM} ^{{2}}Alibaba Group", "", ["Alibaba", VARNHOLM]),
    "a legend line each": (f"Ada Marlow^{{1,2}}, Bo Linde^{{2}}\n^{{1}}{NANLU}, Nanlu, China\n^{{2}}Xiaohongshu Inc., Shanghai", "", ["Xiaohongshu", NANLU]),
    "a marked footnote of an internship": (
        f"Ada Marlow^{{1†}}, Bo Linde^{{1}}\n^{{1}}{NANLU}",
        "s|^{†}Work done during an internship at Kuaishou\ns|Technology, Beijing.",
        ["Kuaishou", NANLU],
    ),
    "a footnote without names above": (f"Ada Marlow and Bo Linde\n{NANLU}", "s|^{*}Work done while the authors were at Spotify.", ["Spotify", NANLU]),
    "an affiliation in a footnote": ("Ada Marlow^{1} and Bo Linde^{2}", f"s|^{{1}}Sber AI Lab, Moscow\ns|^{{2}}{NANLU}", ["Sber", NANLU]),
    "plain lines": (f"Ada Marlow\nNetflix\nLos Gatos, USA\nBo Linde\n{VARNHOLM}", "", ["Netflix", VARNHOLM]),
    "only an address": ("Ada Marlow\nada@mercari.com", "", ["Mercari"]),
    "a technology company without a mark": ("Ada Marlow\nKuaishou Technology\nBeijing, China", "", ["Kuaishou"]),
    "notes of the running text": (f"Ada Marlow\n{NANLU}", "s|^{1}Tests were done with PyTorch.\ns|^{2}See the page of Amazon for data.\ns|^{3}We work with Google Maps.", [NANLU]),
    "list of contacts": (
        "Ada Marlow, Bo Linde",
        f"s|Authors' Contact Information: Ada Marlow, Kuaishou Technology, Beijing, China,\ns|ada@kuaishou.com; Bo Linde, {NANLU}, Nanlu, bo@nanlu.example.\ns|Permission to make copies at Baidu is granted.",
        ["Kuaishou", NANLU],
    ),
    "an author called like a company": (f"Jakob Nielsen\n{NANLU}", "", [NANLU]),
}  # fmt: skip


@pytest.mark.parametrize("name", PDF)
def test_a_printed_first_page(name: str) -> None:
    front, foot, expected = PDF[name]
    assert pdf(front, foot) == expected


def test_hostile_notes_come_to_an_end() -> None:
    for unit in ("work done at A", "is with A ", "intern ", "A, ", "@a."):
        html(creator("Ada Marlow" + note("*", unit * 5_000)))
    pdf("Ada Marlow^{1}", "\n".join(["s|^{1}Work done while at A, and"] * 30))
