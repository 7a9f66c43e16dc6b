"""The table of pictures. A file never changes: its name is the hash of its bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from digester.domain.pictures import Picture
from digester.store import schema as t
from digester.store._base import Base
from digester.store.codec import dump, stamp


class PictureTables(Base):
    def save_picture(self, picture: Picture, data: bytes, now: datetime) -> None:
        """Keeps the picture and its bytes for good; what is said of the same file of the same work is replaced."""
        row = {
            "name": picture.name,
            "work": picture.work[:2100],
            "made_at": stamp(now),
            "body": dump(picture),
            "data": data,
        }
        with self._write() as c:
            self._upsert(c, t.pictures, [row])

    def pictures(self, works: Iterable[str]) -> Mapping[str, Sequence[Picture]]:
        """What is stored of these works, by name."""
        found: dict[str, list[Picture]] = defaultdict(list)
        for picture in self._by_key(Picture, t.pictures, "work", (w[:2100] for w in works)):
            found[picture.work].append(picture)
        return found

    def picture_data(self, name: str) -> bytes | None:
        """The bytes of a stored picture."""
        query = select(t.pictures.c.data).where(t.pictures.c.name == name).limit(1)
        with self._read() as c:
            data = c.execute(query).scalar()
        return bytes(data) if data is not None else None
