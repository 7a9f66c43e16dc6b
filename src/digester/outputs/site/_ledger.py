"""The A/B ledger in the frame of the site."""

from __future__ import annotations

from collections.abc import Iterator

from digester.analysis.ledger import ledger
from digester.domain.site import in_language
from digester.outputs import ledger as pages
from digester.outputs.site._catalogue import Catalogue
from digester.outputs.site._frame import Here, Press
from digester.ports import Leaf


def leaves(press: Press, catalogue: Catalogue, key: str) -> Iterator[Leaf]:
    rows = ledger(row for card in catalogue.cards for row in card.results)
    where = {
        (c.id, x): (in_language(c.title, x), catalogue.paths[c.id, x])
        for c in catalogue.cards
        for x in catalogue.languages(c)
    }

    def show(sheet: pages.Sheet) -> bytes:
        here = Here(sheet.path, sheet.language, sheet.title, sheet.description, sheet.twins, nav="ab")
        return press.page("ledger", here, sheet=sheet, page=sheet.view())

    return pages.leaves(rows, press.site, where, key, show)
