"""The channel apprise with a notifier of the test's own; the last tests need the library and are left out without it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from tests.channels.editions import EDITIONS, bare, edition, powers, rows, sent, with_items
from tests.outputs.hostile_samples import hostile
from tests.servers.services import Service, free_port, reply

from digester.channels._brief import brief
from digester.channels.apprise import INSTALL, Apprise, Params, quiet, split, text_of
from digester.domain.delivery import Accepted, Failed, InDoubt, Later

SECRET = "canary-9d1f44"
ADDRESSES = (
    f"json://a.example/{SECRET}\n tgram://{SECRET}/12\tmailto://u:{SECRET}@mail.example  json://a.example/{SECRET}"
)


@dataclass
class Notifier:
    """Keeps what it was given; `says` by the start of an address what becomes of it."""

    says: dict[str, bool | Exception | None] = field(default_factory=dict)
    told: list[tuple[str, str, str]] = field(default_factory=list)

    def __call__(self, address: str, title: str, text: str) -> bool | None:
        self.told.append((address, title, text))
        answer = next((a for start, a in self.says.items() if address.startswith(start)), True)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def notifier() -> Notifier:
    return Notifier()


@pytest.fixture
def channel(notifier: Notifier) -> Iterator[Apprise]:
    with powers({"APPRISE_URLS": ADDRESSES}) as given:
        made = Apprise("pager", Params(), given)
        made.notifier = notifier
        yield made


def by_scheme(channel: Apprise) -> dict[str, object]:
    return {row.recipient.partition("-")[0]: outcome for row, outcome in sent(channel, edition())}


# -------------------------------------------------------------------------- rows
def test_each_address_is_a_row_of_its_own_and_no_row_gives_one_away(channel: Apprise) -> None:
    parts = channel.parts(edition())
    assert [part.partition("-")[0] for part in parts] == ["json", "tgram", "mailto"]
    assert SECRET not in repr(parts) + repr(channel)
    assert all(len(part.partition("-")[2]) == 8 for part in parts)


def test_m21_one_service_down_is_tried_again_alone(channel: Apprise, notifier: Notifier) -> None:
    notifier.says["tgram"] = False
    first = sent(channel, edition())
    assert [row.state for row, _ in first] == ["accepted", "pending", "accepted"]
    notifier.says.clear()
    notifier.told.clear()
    waiting = [row for row, _ in first if row.state == "pending"]
    assert [row.state for row, _ in sent(channel, edition(), waiting)] == ["accepted"]
    assert [address for address, _, _ in notifier.told] == [f"tgram://{SECRET}/12"]


def test_an_address_more_or_less_changes_no_other_row(channel: Apprise) -> None:
    with powers({"APPRISE_URLS": f"ntfy://new.example/x tgram://{SECRET}/12"}) as given:
        other = Apprise("pager", Params(), given)
        assert other.parts(edition())[1] == channel.parts(edition())[1]


def test_a_row_whose_address_is_gone_fails_and_sends_nothing(channel: Apprise, notifier: Notifier) -> None:
    row = replace(rows(channel, edition())[0], recipient="slack-00000000")
    with channel.open() as session:
        assert session.deliver(edition(), row) == Failed("APPRISE_URLS no longer holds the address of slack-00000000")
    assert not notifier.told


@pytest.mark.parametrize("address", [SECRET, f"://{SECRET}", f"{SECRET}:{SECRET}@host", f"a/{SECRET}://x"])
def test_what_is_no_address_names_no_row(address: str) -> None:
    with powers({"APPRISE_URLS": address}) as given:
        (part,) = Apprise("pager", Params(), given).parts(edition())
    assert part.startswith("address-") and SECRET not in part


def test_without_an_address_there_is_no_row() -> None:
    with powers({"APPRISE_URLS": " \n "}) as given:
        assert Apprise("pager", Params(), given).parts(edition()) == ()


# ---------------------------------------------------------------------- outcomes
def test_what_became_of_it(channel: Apprise, notifier: Notifier) -> None:
    notifier.says = {"json": False, "tgram": None, "mailto": ConnectionResetError(f"mailto://u:{SECRET}@mail.example")}
    told = by_scheme(channel)
    assert isinstance(told["json"], Later) and not told["json"].stop and "does not say why" in told["json"].error
    assert isinstance(told["tgram"], Failed)
    assert isinstance(told["mailto"], InDoubt) and "ConnectionResetError" in told["mailto"].error
    assert SECRET not in repr(told)


def test_without_the_extra_the_channel_stops_and_says_what_to_install(channel: Apprise, notifier: Notifier) -> None:
    notifier.says["json"] = ModuleNotFoundError("No module named 'apprise'")
    ((_, outcome),) = sent(channel, edition())
    assert outcome == Later(f"Apprise is not installed: {INSTALL}", stop=True)
    assert len(notifier.told) == 1


# -------------------------------------------------------------------------- text
def test_a_title_at_most_fifteen_headlines_and_the_way_to_the_rest(channel: Apprise, notifier: Notifier) -> None:
    of = edition(with_items(40))
    sent(channel, of)
    _, title, text = notifier.told[0]
    assert title == "RecSys Weekly 2026-W25"
    assert len([line for line in text.splitlines() if line.startswith("• ")]) == 15
    assert text.splitlines()[-2:] == ["25 more in the whole issue.", of.url]
    assert "https://papers.example" not in text


def test_without_a_web_copy_each_headline_has_its_own_address(channel: Apprise, notifier: Notifier) -> None:
    sent(channel, edition(with_items(2), url=""))
    assert notifier.told[0][2].count("\nhttps://papers.example/") == 2


def test_an_empty_issue_is_still_a_message(channel: Apprise, notifier: Notifier) -> None:
    assert by_scheme(channel)
    sent(channel, edition(bare()))
    assert notifier.told[-1][1] and notifier.told[-1][2]


@pytest.mark.parametrize("call", ["@everyone", "@here", "<!channel>", "<@U012AB3CD>", "<#C012>"])
def test_nobody_is_called(channel: Apprise, notifier: Notifier, call: str) -> None:
    sent(channel, edition(hostile(f"A title {call} end")))
    assert call not in "".join(notifier.told[0][1:])


@pytest.mark.parametrize(("name", "of"), EDITIONS, ids=[name.encode("ascii", "replace") for name, _ in EDITIONS])
def test_hostile_editions_are_short_plain_text(name: str, of: object) -> None:
    view = brief(of, 15)  # type: ignore[arg-type]
    text = text_of(view)
    text.encode()
    assert 0 < len(text) < 25_000 and 0 < len(quiet(view.title)) < 400
    assert not any(sign in text for sign in "\r\0\x1b\u202e\u2028\x85")


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("json://a.example", "json://a.example?overflow=split"),
        ("ntfy://a.example/t?priority=high", "ntfy://a.example/t?priority=high&overflow=split"),
        ("json://a.example?overflow=truncate", "json://a.example?overflow=truncate"),
    ],
)
def test_long_messages_are_split_unless_the_address_says_otherwise(address: str, asked: str) -> None:
    assert split(address) == asked


# ------------------------------------------------------------------- the library
WHY = "the extra digester[notify] is not installed"
ITS_OWN = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")  # what the library imports


@ITS_OWN
def test_the_library_takes_what_the_channel_gives(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise", reason=WHY)
    with Service(reply({})) as service:
        host = service.url.removeprefix("http://")
        given_addresses = (
            f"json://{host}/{SECRET} json://127.0.0.1:{free_port()}/{SECRET} json://{host}/{SECRET}/2 nonsense-{SECRET}"
        )
        with powers({"APPRISE_URLS": given_addresses}) as given:
            found = sent(Apprise("pager", Params(), given), edition())
        assert [type(outcome) for _, outcome in found] == [Accepted, Later, Accepted, Failed]
        bodies = [asked.json for asked in service.asked]
    assert {body["title"] for body in bodies} == {"RecSys Weekly 2026-W25"}
    assert len(bodies) == 2 and edition().url in bodies[0]["message"]
    assert SECRET not in repr(found) + "".join(capfd.readouterr())
    assert logging.getLogger("apprise").disabled


@ITS_OWN
@pytest.mark.parametrize("address", ["slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general", "mailto://u:p@mail.example", "tgram://123456789:abcdefg_hijklmnop/12315544/", "ntfy://127.0.0.1/topic?priority=high"])  # fmt: skip
def test_the_library_understands_that_a_message_is_split(address: str) -> None:
    apprise = pytest.importorskip("apprise", reason=WHY)
    assert apprise.Apprise.instantiate(split(address)).overflow_mode == apprise.OverflowMode.SPLIT
