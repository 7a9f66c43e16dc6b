"""The table of houses: each name means one house, both ways between the languages, and words stay words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import houses

TABLE = houses.table()
NAMES = [(name.removeprefix("~"), house, brand) for house in TABLE for name, brand in houses.entries(house)]


def test_the_table_holds_at_least_three_hundred_houses_each_once() -> None:
    assert len(TABLE) >= 300
    assert [n for n, k in Counter(h.name for h in TABLE).items() if k > 1] == []


def test_no_name_and_no_host_belongs_to_two_houses() -> None:
    owners: dict[str, set[str]] = {}
    for name, house, brand in NAMES:
        owners.setdefault(name.casefold().rstrip("."), set()).add(f"{house.name}/{brand.name if brand else ''}")
    assert {n: o for n, o in owners.items() if len(o) > 1} == {}
    assert [d for d, k in Counter(d for h in TABLE for d in h.domains).items() if k > 1] == []


@pytest.mark.parametrize("house", TABLE, ids=lambda h: h.name)
def test_every_name_of_a_house_leads_to_it(house: houses.House) -> None:
    for name, brand in houses.entries(house):
        assert houses.house_of(name.removeprefix("~")) is house, name
        assert houses.printed(name.removeprefix("~")) == (brand.name if brand else house.name)


def test_every_chinese_name_maps_back() -> None:
    for house in TABLE:
        if house.chinese:
            assert houses.house_of(house.chinese) is house
            assert houses.chinese_name(house.name) == house.chinese
            assert houses.printed(house.chinese) == house.name


def test_kinds_are_the_three() -> None:
    assert {h.kind for h in TABLE} == {"company", "lab", "nonprofit"}


def test_no_mail_host_is_one_at_which_anybody_has_an_address() -> None:
    open_to_all = ("gmail.com", "qq.com", "163.com", "126.com", "outlook.com", "hotmail.com", "yahoo.com", "naver.com", "mail.ru", "yandex.ru", "icloud.com", "foxmail.com", "aliyun.com", "sina.com")  # fmt: skip
    assert [h for h in open_to_all if houses.of_domain(f"ada@{h}")] == []


@pytest.mark.parametrize(
    ("name", "house"),
    [
        ("Douyin", "ByteDance"), ("抖音", "ByteDance"), ("字节跳动", "ByteDance"), ("微信", "Tencent"), ("WeChat", "Tencent"), ("Weixin", "Tencent"), ("Taobao", "Alibaba"),
        ("Tmall", "Alibaba"), ("AliExpress", "Alibaba"), ("Alimama", "Alibaba"), ("YouTube", "Google"), ("Kuaishou Technology", "Kuaishou"),
        ("Kuaishou Technology Co., Ltd.", "Kuaishou"), ("北京快手科技有限公司", "Kuaishou"), ("Alibaba Group Holding Limited", "Alibaba"), ("Ctrip", "Trip.com"),
        ("Sberbank", "Sber"), ("科大讯飞", "iFLYTEK"), ("Yandex LLC", "Yandex"), ("NAVER Corp.", "NAVER"), ("Mercari, Inc.", "Mercari"), ("Meta Platforms, Inc.", "Meta"),
        ("LinkedIn Corporation", "LinkedIn"), ("JD.com", "JD.com"), ("京东集团", "JD.com"), ("Snap Inc.", "Snap"), ("Noah’s Ark Lab", "Huawei"), ("ACME Widgets Ltd", None), ("", None),
    ],
)  # fmt: skip
def test_the_house_of_a_name(name: str, house: str | None) -> None:
    found = houses.house_of(name)
    assert (found.name if found else None) == house


def test_brands_and_names_in_chinese() -> None:
    assert (houses.chinese_name("ByteDance"), houses.chinese_name("Douyin")) == ("字节跳动", "抖音")
    assert (houses.chinese_name("Weixin"), houses.chinese_name("Kuaishou Technology")) == ("微信", "快手")
    assert (houses.chinese_name("Kestrelo"), houses.chinese_name("Meta Platforms, Inc.")) == ("Kestrelo", "Meta")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("Taobao", "阿里巴巴", True), ("Instagram", "Meta Platforms", True), ("LinkedIn", "Microsoft", False), ("Alipay", "Alibaba", False),
     ("Kestrelo", "kestrelo", True), ("Kestrelo", "Velmarque", False), ("Kestrelo", "Meta", False)],
)  # fmt: skip
def test_two_names_of_one_house(a: str, b: str, same: bool) -> None:
    assert houses.same_house(a, b) is houses.same_house(b, a) is same


@pytest.mark.parametrize(
    ("mail", "house"),
    [("ada@kuaishou.com", "Kuaishou"), ("{ada,bo}@ads.bytedance.com", "ByteDance"), ("x@alibaba-inc.com", "Alibaba"), ("X@NVIDIA.COM", "NVIDIA"), ("a@yandex-team.ru", "Yandex"),
     ("a@notkuaishou.com", None), ("a@kuaishou.com.evil.example", None), ("kuaishou", None), ("", None), ("com", None)],
)  # fmt: skip
def test_the_house_of_a_mail_address(mail: str, house: str | None) -> None:
    found = houses.of_domain(mail)
    assert (found.name if found else None) == house


def found(text: str, lenient: bool = False) -> list[str]:
    return [m.name for m in houses.find(text, lenient)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kuaishou and KUAISHOU, not kuaishou", ["Kuaishou", "Kuaishou"]), ("Amazonian shops", []), ("Apple-to-apple tests", []), ("a Meta-learning rule", []), ("see kuaishou.com", []),
        ("我们在快手和京东上线", ["Kuaishou", "JD.com"]), ("南京东路的一家店", []), ("快手与字节跳动", ["Kuaishou", "ByteDance"]), ("Tencent Music", ["Tencent Music"]),
        ("eBay, iFLYTEK and vivo", ["eBay", "iFLYTEK", "vivo"]), ("Mistral-7B", []), ("L’Oréal", ["L'Oréal"]),
    ],
)  # fmt: skip
def test_names_are_found_as_whole_words_longest_first(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_in_an_author_block_case_and_hyphens_are_free() -> None:
    assert found("BAIDU-Tsinghua", True) == ["Baidu"] and found("Bytedance", True) == ["ByteDance"]
    assert found("baidu", True) == []


@given(st.text(alphabet="Ab 快手京东Meta.-/~@Kuaishou", max_size=200), st.booleans())
def test_what_is_found_stands_there_in_order(text: str, lenient: bool) -> None:
    end = 0
    for m in houses.find(text, lenient):
        assert end <= m.start < m.end <= len(text)
        assert houses.house_of(text[m.start : m.end]) is m.house
        end = m.end


@given(st.text(max_size=80))
def test_looking_up_takes_any_text(text: str) -> None:
    house = houses.house_of(text)
    assert house is None or house in TABLE
    assert houses.chinese_name(text) if text else True
    houses.of_domain(text)


def test_long_texts_come_to_an_end() -> None:
    for unit in ("Tencent ", "Meta", "快手", "Alibaba-", "a@b.", "京东 "):
        found(unit * (100_000 // len(unit)))
        houses.of_domain(unit * 10_000)
        houses.house_of(unit * 10_000)
