"""Pictures in the store, on both databases: a file a name, and never another."""

from __future__ import annotations

from dataclasses import replace

from tests.store.samples import NOW

from digester.domain.pictures import Picture
from digester.store.sql import SqlStore

WREN = Picture(
    "ab" * 16 + ".png", "arxiv:2606.00001", "https://arxiv.example/html/2606.00001v1/x1.png", "Overview of Wren.", "CC BY 4.0",
    "image/png", 400, 200,
)  # fmt: skip


def test_a_picture_comes_back_with_its_bytes(store: SqlStore) -> None:
    store.save_picture(WREN, bytes(range(256)), NOW)
    assert store.pictures([WREN.work, "arxiv:none"]) == {WREN.work: [WREN]}
    assert store.picture_data(WREN.name) == bytes(range(256))


def test_a_work_has_the_pictures_of_all_its_versions(store: SqlStore) -> None:
    later = replace(WREN, name="cd" * 16 + ".jpg", url="https://arxiv.example/html/2606.00001v2/x1.jpg")
    store.save_picture(WREN, b"one", NOW)
    store.save_picture(later, b"two", NOW)
    assert store.pictures([WREN.work])[WREN.work] == [WREN, later]
    assert (store.picture_data(WREN.name), store.picture_data(later.name)) == (b"one", b"two")


def test_what_is_not_stored_has_no_bytes(store: SqlStore) -> None:
    assert store.picture_data(WREN.name) is None and store.pictures([WREN.work]) == {} and store.pictures([]) == {}
