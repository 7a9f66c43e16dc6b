"""channels and recipients of sources.yaml: what they mean, and that nothing secret stands in the file or is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields

import pytest

from digester import app
from digester.config import ChannelSettings, Settings, load
from digester.config.channels import OURS
from digester.domain.errors import ConfigError

SOURCES = "sources:\n  - {id: a, kind: rss, url: https://feed.example/rss}\n"


def loaded(text: str, env: Mapping[str, str] | None = None) -> Settings:
    return load(SOURCES + text, env or {}, app.registries())


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as err:
        loaded(text)
    return [str(p) for p in err.value.problems]


def test_a_channel_has_a_name_a_kind_and_the_parameters_of_the_kind() -> None:
    found = loaded(
        "channels:\n  mail: {kind: smtp, sender: 'Digest <news@digest.example>', languages: [zh]}\n"
    ).channels
    assert [(c.name, c.kind, c.languages) for c in found] == [("mail", "smtp", ("zh",))]
    assert isinstance(found[0], ChannelSettings)
    assert (found[0].params.sender, found[0].params.server) == ("Digest <news@digest.example>", "SMTP_URL")


def test_a_channel_that_is_switched_off_is_not_there_and_still_checked() -> None:
    assert loaded("channels:\n  drop: {kind: file, enabled: false}\n").channels == ()
    assert problems("channels:\n  drop: {kind: file, enabled: false, folders: x}\n") == [
        "line 4: channels.drop.folders: unknown key 'folders'; did you mean 'folder'?"
    ]


def test_a_way_to_unsubscribe_that_is_no_address_is_said_before_anything_is_sent() -> None:
    (said,) = problems("channels:\n  mail: {kind: smtp, sender: a@b.example, unsubscribe: leave.example}\n")
    assert said.startswith("line 4: channels.mail: ") and "unsubscribe is no address such as https://" in said


def test_outputs_of_a_channel_are_outputs_that_there_are() -> None:
    (said,) = problems("channels:\n  drop: {kind: file, outputs: [htm, json]}\n")
    assert "channels.drop.outputs[0]: unknown output 'htm'" in said and "html" in said


def test_everything_wrong_is_said_at_once_with_its_line() -> None:
    said = problems(
        "channels:\n  Mail!: {kind: smtp}\n  post: {kind: pigeon}\n  drop: here\nrecipients: [ann@reader.example, nobody]\n"
    )
    assert said == [
        "line 4: channels.Mail!: names of channels are made of small letters, digits and '-', at most 40",
        "line 4: channels.Mail!.sender: field required",
        "line 5: channels.post.kind: unknown kind 'pigeon'; known: " + ", ".join(sorted(app.registries().channels)),
        "line 6: channels.drop: a channel is a mapping with kind and its parameters",
        "line 7: recipients[1]: an address has no @",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{kind: smtp, sender: a@b.example, server: 'smtp://me:hunter2@mail.example'}",
        "{kind: webhook, key: whsec_aHVudGVyMg==}",
        "{kind: webhook, url: 'hunter2 and more'}",
        "{kind: smtp, sender: a@b.example, dkim_key: '-----BEGIN hunter2'}",
        "{kind: smtp, sender: a@b.example, server: 'https://me:hunter2@mail.example'}",
        "{kind: webhook, url: 'https://hooks.example/hunter2'}",
        "{kind: feishu, secret: 'hunter-hunter2'}",
        "{kind: apprise, key: 'https://hooks.example/hunter2'}",
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_shown(line: str) -> None:
    said = problems(f"channels:\n  x: {line}\n")
    assert len(said) == 1
    assert "environment" in said[0]
    assert "hunter2" not in said[0] and "aHVudGVyMg" not in said[0]


@pytest.mark.parametrize("kind", app.registries().channels)
def test_a_parameter_that_names_a_variable_is_known_by_its_default(kind: str) -> None:
    """What the check for secrets in the file goes by."""
    cls = app.registries().channels[kind].Params
    given = {"sender": "a@b.example", "url": "https://a.example", "lists": (1,), "database": "x", "chat": 1}
    needed = {f.name: given[f.name] for f in fields(cls) if f.default is MISSING}
    on = {f.name: "on" if f.default == "" else True for f in fields(cls) if f.name in ("signed", "dkim")}
    params = cls(**needed, **on)
    variables = {str(f.default) for f in fields(cls) if re.fullmatch(OURS, str(f.default))}
    assert set(app.registries().channels[kind].secrets(params)) == variables


@pytest.mark.parametrize(
    "sender", ["nobody", "A <a@b.example> <c@d.example>", "a@b.example\\r\\nBcc: x@y.example", "@b.example"]
)
def test_M01_a_sender_is_one_address(sender: str) -> None:
    assert "channels.x.sender" in problems(f'channels:\n  x: {{kind: smtp, sender: "{sender}"}}\n')[0]


def test_an_issue_names_its_channels_and_only_known_ones() -> None:
    text = "channels:\n  a-team: {kind: file}\nissues:\n  rec-weekly: {channels: [a-team], publish_after: 30, catch_up: 2}\n"
    kind = loaded(text).issues["rec-weekly"]
    assert (kind.channels, kind.publish_after.total_seconds(), kind.catch_up) == (("a-team",), 1800, 2)
    assert loaded(text).issues["ai-daily"].channels is None
    assert problems(text.replace("channels: [a-team]", "channels: [b-team]")) == [
        "line 6: issues.rec-weekly.channels[0]: unknown channel 'b-team'; did you mean 'a-team'?"
    ]


def test_an_issue_is_taken_off_the_schedule() -> None:
    assert not loaded("issues:\n  ai-weekly: {enabled: false}\n").issues["ai-weekly"].enabled
    assert problems("issues:\n  ai-weekly: {publish_after: -1, catch_up: 0}\n") == [
        "line 4: issues.ai-weekly.publish_after: must be at least 0",
        "line 4: issues.ai-weekly.catch_up: must be at least 1",
    ]


def test_recipients_are_addresses_with_or_without_languages() -> None:
    found = loaded("recipients: [Ann@Reader.example, {address: li@reader.example, languages: [zh]}]\n").recipients
    assert [(r.address, r.languages) for r in found] == [("Ann@reader.example", ()), ("li@reader.example", ("zh",))]
