"""What most kinds share; a kind says what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import ClassVar

from digester.domain.model import Entry
from digester.domain.sources import Document, Source


class Kind:
    papers: ClassVar[bool] = False
    dates_are_changes: ClassVar[bool] = False

    def given(self, source: Source) -> Sequence[Entry]:
        """None: what a kind yields is asked for."""
        return ()

    def fingerprint(self, document: Document) -> str:
        """Equal for documents that need not be parsed again."""
        return hashlib.sha256(document.body).hexdigest()
