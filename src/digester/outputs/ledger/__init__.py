"""The A/B ledger for readers: pages of all figures, by organisation, metric and surface, and the same as CSV and JSON.

`leaves` makes them of rows alone, so a site keeps the rows of its issues (`analysis.ledger.as_plain`) and reads no
record. A page is printed by `show`: `plain_page` puts it into a frame of its own; a site hands over one that puts
templates/ledger/main.html.j2 into the site's (docs/ledger.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from digester.domain.ids import digest
from digester.domain.results import Result
from digester.domain.site import Site
from digester.outputs.csv import body
from digester.outputs.ledger._data import COLUMNS, csv_text, json_body, plain
from digester.outputs.ledger._frame import plain_page
from digester.outputs.ledger._pages import FOLDER, Catalogue, Sheet, Where, catalogue, sheets, where_of
from digester.ports import Leaf

__all__ = ["COLUMNS", "Catalogue", "Sheet", "csv_text", "json_body", "leaves", "plain", "plain_page", "where_of"]


def leaves(
    rows: Sequence[Result], site: Site, where: Where, mark: str = "", show: Callable[[Sheet], bytes] = plain_page
) -> Iterator[Leaf]:
    """Every file of the ledger: the pages in each language of the site, `ab/ledger.csv` and `ab/ledger.json`.

    `rows` are those of `analysis.ledger.ledger`; `where` has title and path of an issue's page by (id, language), as
    `where_of` makes it; `mark` stands for whatever else the bytes depend on (templates, code, frame) and is part of
    every key.
    """
    book = catalogue(rows)
    everything = digest(mark, book.mark)
    yield Leaf(f"{FOLDER}/ledger.csv", digest("csv", everything), lambda: body(csv_text(rows)))
    yield Leaf(f"{FOLDER}/ledger.json", digest("json", everything), lambda: json_body(rows))
    for language in site.languages:
        for sheet in sheets(book, site, where, language):
            yield Leaf(sheet.path, digest(mark, sheet.key), partial(show, sheet))
