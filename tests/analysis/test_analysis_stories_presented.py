"""One release told by several, in different words; and all else that is told of the same product on the same day."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from digester.analysis.stories import cluster, grouped
from digester.analysis.stories._presented import other_edition, presented, presenting, same_name
from digester.domain.model import Entry, Item

Text = tuple[str, str]
START = datetime(2026, 6, 19, 7, tzinfo=UTC)
OWN = ("Introducing Tarn 4", "Tarn 4 is Velora's most capable model. It codes, plans and reads a million tokens.")
PRESS = (
    "Velora releases Tarn 4, its most capable model",
    "Velora on Tuesday released Tarn 4, which codes, plans and reads a million tokens.",
)
BARE = ("Tarn 4", "Score: 311 Comments: 80 By: reedwren")
OTHERS = [(f"Matter{n} of place{n} and thing{n}", f"Lead{n} says that it{n} is so in town{n}.") for n in range(40)]


def one(a: Text, b: Text, *others: Text) -> bool:
    return any({0, 1} <= set(group) for group in grouped([a, b, *others]))


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Introducing Tarn-5.3-Coder", ("tarn", "5.3", "coder")),
        ("Tarn 5.3 Coder", ("tarn", "5.3", "coder")),
        ("velora-ai/Tarn-5.3-Coder-GGUF", ("tarn", "5.3", "coder")),
        ("Tarn-5.3-Coder System Card", ("tarn", "5.3", "coder")),
        ("Velora Launches Tarn 4 With Voice", ("tarn", "4")),
        ("Velora quietly releases its new open-source coding model Tarn V4.0", ("tarn", "4")),
        ("Velora's Tarn 4 is out", ("tarn", "4")),
        ("Velora releases v2.8", ("velora", "2.8")),
        ("Tarn 4: Velora's latest speech model", ("tarn", "4")),
        ("Swiftline releases Kite 2 hours after Velora's Tarn 4", ("kite", "2")),
        ("维洛拉正式发布新一代旗舰模型Tarn-4，上下文达百万", ("tarn", "4")),
        ("Tarn 4来了！网友：真香", ("tarn", "4")),
        ("刚刚，维洛拉深夜发布Tarn-4！", ("tarn", "4")),
        ("维洛拉最强编程模型Tarn-4来了", ("tarn", "4")),
        ("Velora today announced the release of Tarn 4", ("tarn", "4")),
        ("Tarn 4 announced by Velora", ("tarn", "4")),
        ("湖景办公接入Velora-R1上线", ()),
        ("某平台推出支持Tarn 4，速度翻倍", ()),
        ("Tarn 4 Flash Live: natural talk", ()),
        ("Velora launches Tarn 4 in Europe", ()),
        ("Velora launches Tarn 4 app", ()),
        ("Velora releases the code behind Tarn 4", ()),
        ("Introducing Tarn 4 for banks", ()),
        ("We let Tarn 4 write a compiler", ()),
        ("Advancing finance with Tarn 4", ()),
        ("Is it here? Introducing Tarn 4", ()),
        ("Tarn 4.5 in Lakeview Office", ()),
        ("Velora publishes Report 2026", ()),
        ("Velora launches 27 satellites", ()),
        ("Interacted Planes Reveal 3D Lines", ()),
        ("Introducing Prism", ()),
    ],
)
def test_a_headline_presents_an_edition_or_tells_something_else(headline: str, name: tuple[str, ...]) -> None:
    assert presented(headline, "") == name


def test_the_text_says_what_a_headline_leaves_open() -> None:
    assert presented("Kestrel 2: Seeing Agents", "We present Kestrel 2, an open model.") == ("kestrel", "2")
    assert presented("Kestrel 2: Seeing Agents", "I used it for a week.") == ()
    said = "Velora on Tuesday released Tarn 4, a model that works for a day."
    assert presented("Agents that never sleep: Velora's Tarn 4", said) == ("tarn", "4")
    assert presented("Agents that never sleep: Velora's Tarn 4.1", said) == ()
    late = "A day after Velora released Tarn 4, its users complain."
    assert presented("Users tire of Velora's Tarn 4", late) == ()


def test_a_name_may_lack_its_front_and_a_smaller_edition_is_another() -> None:
    assert same_name(("heron", "opus", "4.6"), ("opus", "4.6")) and not same_name((), ())
    assert not same_name(("heron", "pro", "3"), ("pro", "3")) and not same_name(("tarn", "4"), ("tarn", "4", "mini"))
    assert other_edition(("tarn", "4"), ("tarn", "5")) and other_edition(("tarn", "4"), ("tarn", "4", "mini"))
    assert other_edition(("heron", "3", "pro"), ("heron", "3", "flash"))
    assert not other_edition(("tarn", "4"), ("tarn", "4", "pro")) and not other_edition(("tarn", "4"), ())
    assert presenting([("tarn", "4"), (), ("velora", "tarn", "4"), ("kite", "4")], 9) == {(0, 2)}
    assert presenting([("tarn", "4"), ("tarn", "4")], 1) == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (OWN, PRESS),
        (OWN, BARE),
        (PRESS, BARE),
        (PRESS, ("velora-ai/Tarn-4", "Type: text-generation Downloads: 21,311 Likes: 310")),
        (
            ("Introducing Tarn-5.3-Coder", "Tarn-5.3-Coder pairs coding with general reasoning for long work."),
            ("Tarn\u20115.3-Coder System Card", "Tarn\u20115.3-Coder is the most capable coding model of the house."),
        ),
        (
            ("Introducing Tarn-5.2-Coder", "Tarn-5.2-Coder is Velora's most advanced model, offering long horizons."),
            ("Addendum to Tarn-5.2 System Card: Tarn-5.2-Coder", "This page outlines measures of safety."),
        ),
        (
            ("Announcing Heron Opus 4.6", "Our newest model plans longer and finds more of its own errors."),
            ("Northlake unveils Opus 4.6 with longer memory", "The maker of Heron says it reads a million tokens."),
        ),
        (
            ("Sedge 1.5 Pro: A Joint Model of Sound and Picture", "In this work we present Sedge 1.5 Pro, a model."),
            ("The Official Release of Sedge 1.5 Pro", "Unlock a new experience."),
        ),
        (("PixelForge 1.9发布，支持新接口，手机上也能运行", ""), ("PixelForge 1.9发布！大家：终于等到", "")),
        (("维洛拉发布 Tarn 4，上下文达百万", ""), OWN),
    ],
)
def test_a_release_told_in_different_words_is_one_story(first: Text, second: Text) -> None:
    assert one(first, second) and one(second, first) and one(first, second, *OTHERS)


@pytest.mark.parametrize("release", [OWN, PRESS, BARE])
@pytest.mark.parametrize(
    "other",
    [
        ("Tarn 4 is down for users in Europe", "Velora is looking into errors since noon."),
        ("Velora says an outage of Tarn 4 is over", "Requests failed for three hours on Tuesday."),
        ("Velora halves the price of Tarn 4", "A million tokens now cost two dollars."),
        ("Tarn 4 gets cheaper", "Velora lowers the price by half."),
        ("Tarn 4 tops the CodeArena board", "The model solves 71% of the tasks, says the board's maker."),
        ("We let Tarn 4 write a compiler", "Sixteen agents worked for two weeks."),
        ("Tarn 4 finds 500 holes in open code", "Velora's red team reports flaws in libraries."),
        ("Tarn 4 in Lakeview Office", "The suite offers the model to all customers."),
        ("Tarn 4 is now available in the Lakeview cloud", "Customers can choose the model from today."),
        ("Is Tarn 4 worth it?", "A reader's view after a week."),
        ("Tarn 4: a review", "I used the model for a week."),
        ("Why I went back from Tarn 4", "A programmer's notes."),
        ("Introducing Tarn 5", "Tarn 5 is Velora's next model."),
        ("Introducing Tarn 4 Mini", "Tarn 4 Mini is Velora's small model for phones."),
        ("Introducing Tarn 4.1", "Tarn 4.1 mends what users of Tarn 4 complained about."),
        ("Tarn-4-Coder", "Score: 100 Comments: 3"),
        ("Velora delays Tarn 4 in Europe", "The model will come in autumn."),
        ("Velora pulls Tarn 4 after leak", "The weights stood open for a day."),
        ("AI Weekly #112: Tarn 4, a chip strike, and poems", "Velora released Tarn 4; dockers of chips strike."),
        ("Swiftline releases Kite 2 hours after Velora's Tarn 4", "Swiftline's model writes code."),
        ("Velora opens an office in Oslo", "The maker of Tarn 4 hires forty people."),
        ("Running Tarn 4 on a phone", "A guide in five steps."),
        ("Lab finds Tarn 4 misleads its testers", "Researchers tested the model."),
        ("Court bans Tarn 4 in Ruthen", "The court says the model breaks the law on data."),
        ("Tarn 4 usage promo", "Users get twice the tokens for a week."),
    ],
)
def test_what_else_is_told_of_the_product_that_day_is_another_story(release: Text, other: Text) -> None:
    assert not one(release, other) and not one(release, other, *OTHERS)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("Northlake releases Aurora 2, a weather model", "Northlake's model sees storms ten days ahead."),
            ("Swiftline releases Aurora 2, a phone with two screens", "The phone of Swiftline costs 900 dollars."),
        ),
        (
            ("Introducing Aurora 2", "Northlake's model sees storms ten days ahead."),
            ("Swiftline unveils Aurora 2", "The phone of Swiftline has two screens and costs 900 dollars."),
        ),
        (
            ("Introducing Aurora 2", "Northlake's model sees storms ten days ahead."),
            ("Aurora 2 released", "The player of old films learns subtitles and runs on Linux again."),
        ),
        (("Introducing Heron Opus 4.6", "Plans longer."), ("Introducing Heron Sonnet 4.6", "Costs less.")),
        (("Introducing Heron 3 Flash", "Fast."), ("Introducing Heron 3 Pro", "Deep.")),
        (("PixelForge 1.9发布，支持新接口", ""), ("PixelForge 2.0发布，支持新接口", "")),
        (("PixelForge 1.9发布，支持新接口", ""), ("PixelForge 1.9曝出漏洞，官方紧急修复", "")),
    ],
)
def test_two_things_of_one_name_and_two_editions_are_two_stories(first: Text, second: Text) -> None:
    assert not one(first, second) and not one(first, second, *OTHERS)


def item(id_: str, text: Text, hour: int, source: str) -> Item:
    entry = Entry(id_, "article", f"https://{id_}.example/", *text)
    ref = f"url:https://{id_}.example/"
    return Item(id_, source, entry, ref, (ref,), "h", START + timedelta(hours=hour), START)


def test_any_order_gives_one_story_also_of_one_outlet_and_what_comes_later_joins_it() -> None:
    card = ("Tarn 4 System Card", "What Velora tested before it let Tarn 4 out.")
    price = ("Velora halves the price of Tarn 4", "A million tokens now cost two dollars.")
    texts = [OWN, card, PRESS, BARE, price]
    sources = ["velora", "velora", "ledger", "board", "velora"]
    items = [item(f"i{n}", t, n, s) for n, (t, s) in enumerate(zip(texts, sources, strict=True))]
    for seed in range(8):
        random.Random(seed).shuffle(items)
        assert sorted(s.item_ids for s in cluster(items, {})) == [("i0", "i1", "i2", "i3"), ("i4",)]
    items.sort(key=lambda i: i.id)
    known = cluster(items[:2], {})
    later = cluster(items[1:4], {}, known=known)
    assert [(s.id, s.item_ids) for s in later] == [(known[0].id, ("i0", "i1", "i2", "i3"))]
