"""Tables, once for SQLite and PostgreSQL. What a row holds beside its keys is one JSON text `body`.

Times are fixed-width ISO text in UTC: the same order and the same value on both databases. Keys carry
what is looked up; everything else is read whole, as a typed value.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, event

HEAD = "0006"  # the newest migration; a database at another one is upgraded before use

metadata = MetaData()


def _table(name: str, *columns: Column[object]) -> Table:
    return Table(name, metadata, *columns)


def _key(name: str, length: int = 200) -> Column[object]:
    return Column(name, String(length), primary_key=True)


fetch_states = _table("fetch_states", _key("source_id"), Column("body", Text, nullable=False))
validators = _table("validators", _key("source_id"), _key("url", 2000), Column("body", Text, nullable=False))
items = _table(
    "items",
    _key("id", 40),
    Column("source_id", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("work", String(2100), nullable=False),
    Column("announced_at", String(10)),
    Column("moment", String(27)),
    Column("first_seen_at", String(27), nullable=False),
    Column("body", Text, nullable=False),
)
revisions = _table(
    "revisions", _key("item_id", 40), _key("content_hash", 64),
    Column("seen_at", String(27), nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip
sightings = _table(
    "sightings", _key("item_id", 40), _key("seen_at", 27),
    Column("source_id", String(200), nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip
batches = _table(
    "batches", _key("category", 40), _key("day", 10), _key("route", 20), Column("body", Text, nullable=False)
)
full_texts = _table(
    "full_texts",
    _key("work", 2100),
    Column("body", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
)
passages = _table(
    "passages", _key("id", 40), Column("work", String(2100), nullable=False), Column("body", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
)  # fmt: skip
attempts = _table("attempts", _key("step", 20), _key("subject", 2100), Column("body", Text, nullable=False))
ratings = _table(
    "ratings", _key("work", 2100), _key("input_hash", 64), _key("rubric", 40), _key("editor", 40),
    Column("made_at", String(27), nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip
readings = _table(
    "readings", _key("work", 2100), _key("input_hash", 64), _key("editor", 40), _key("language", 10),
    Column("made_at", String(27), nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip
stories = _table(
    "stories", _key("id", 40), Column("updated_at", String(27), nullable=False), Column("body", Text, nullable=False)
)
issues = _table(
    "issues", _key("id", 120), Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(60), nullable=False), Column("state", String(20), nullable=False),
    Column("window_end", String(27), nullable=False), Column("frozen_at", String(27), nullable=False),
    Column("reason", Text, nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip
told = _table(
    "told", _key("issue_id", 120), _key("ref", 2100),
    Column("kind", String(60), nullable=False), Column("window_end", String(27), nullable=False),
)  # fmt: skip
artifacts = _table(
    "artifacts", _key("issue_id", 120), Column("revision", Integer, primary_key=True, autoincrement=False),
    _key("output", 40), _key("language", 10), Column("media_type", String(100), nullable=False),
    Column("filename", String(300), nullable=False), Column("body", LargeBinary, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("made_with", String(300), nullable=False),
)  # fmt: skip
runs = _table(
    "runs", _key("id", 40), Column("started_at", String(27), nullable=False),
    Column("outcome", String(20), nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip

model_calls = _table(
    "model_calls", _key("id", 64), Column("made_at", String(27), nullable=False), Column("body", Text, nullable=False)
)
spends = _table(
    "spends", _key("id", 64), Column("at", String(27), nullable=False), Column("run_id", String(40), nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip
notes = _table(
    "notes", _key("work", 2100), Column("revision", Integer, primary_key=True, autoincrement=False), _key("language", 10),
    _key("input_hash", 64), _key("editor", 40), Column("made_at", String(27), nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip
pictures = _table(
    "pictures", _key("name", 80), _key("work", 2100), Column("made_at", String(27), nullable=False),
    Column("body", Text, nullable=False), Column("data", LargeBinary, nullable=False),
)  # fmt: skip
deliveries = _table(
    "deliveries", _key("issue_id", 120), _key("language", 10), _key("channel", 60), _key("recipient", 400),
    Column("state", String(20), nullable=False), Column("changed_at", String(27), nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip
subscribers = _table(
    "subscribers", _key("key", 400), Column("id", String(40), nullable=False), Column("body", Text, nullable=False)
)
kept = _table("kept", _key("name"), Column("body", Text, nullable=False))

search = _table(
    "search", Column("id", Integer, primary_key=True), Column("issue_id", String(120), nullable=False),
    Column("place", Integer, nullable=False), Column("language", String(10), nullable=False),
    Column("kind", String(60), nullable=False), Column("window_end", String(27), nullable=False),
    Column("headline", Text, nullable=False), Column("url", Text, nullable=False), Column("lines", Text, nullable=False),
    Column("head", Text, nullable=False), Column("name", Text, nullable=False), Column("whole", Text, nullable=False),
)  # fmt: skip
TRIGRAMS = (  # SQLite only; the triggers keep the index beside its table
    "CREATE VIRTUAL TABLE search_fts USING fts5(whole, content='search', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER search_added AFTER INSERT ON search BEGIN "
    "INSERT INTO search_fts(rowid, whole) VALUES (new.id, new.whole); END",
    "CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, whole) VALUES ('delete', old.id, old.whole); END",
)
for _when, _statements in (("after_create", TRIGRAMS), ("before_drop", ("DROP TABLE IF EXISTS search_fts",))):
    for _statement in _statements:
        event.listen(search, _when, DDL(_statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]

Index("search_issue", search.c.issue_id)
Index("pictures_work", pictures.c.work)
Index("deliveries_state", deliveries.c.state)
Index("subscribers_id", subscribers.c.id)
Index("spends_at", spends.c.at)
Index("items_announced", items.c.announced_at)
Index("items_moment", items.c.moment)
Index("items_first_seen", items.c.first_seen_at)
Index("items_work", items.c.work)
Index("sightings_seen", sightings.c.seen_at)
Index("told_kind", told.c.kind, told.c.window_end)
