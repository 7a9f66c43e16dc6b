"""Numbers read from text: value, unit, sign, hedge, range, kind and place, in English and Chinese."""

from __future__ import annotations

from decimal import Decimal

import pytest

from digester.analysis.figures import Figure, read


def one(text: str) -> Figure:
    (figure,) = read(text)
    return figure


def values(text: str) -> list[str]:
    return [f"{'-' if f.sign == '-' else ''}{f.value.normalize():f}" for f in read(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,240 rows", 1240), ("1 240 rows", 1240), ("1_240 rows", 1240), ("1{,}240 rows", 1240), ("1\u00a0240 rows", 1240), ("1\u2009240\u2009000 rows", 1240000),
        ("１，２４０", 1240), ("3.50 of it", "3.5"), (".25 of it", "0.25"), ("12,34,567 rupees", 1234567), ("a loss of 4,75", "4.75"),
        ("rate 1e-4", "0.0001"), ("rate 1.5×10^6", 1500000), ("rate 1.5x10^{6}", 1500000), ("rate 3×10−5", "0.00003"), ("rate 2.5×10⁶", 2500000),
        ("$10^{6}$ rows", 1000000), ("2^10 rows", 1024), ("7/8 of it", "0.875"), ("2 3/4 of it", "2.75"), ("¾ of it", "0.75"), ("2½ of it", "2.5"),
        ("1.2M rows", 1200000), ("40k rows", 40000), ("284B rows", 284 * 10**9), ("1.5 T rows", 15 * 10**11), ("3 million rows", 3000000),
        ("3.2bn rows", 32 * 10**8), ("2 dozen rows", 24),
        ("3.5万", 35000), ("1.2 亿", 120000000), ("3 千", 3000), ("5万4千", 54000), ("2万亿", 2 * 10**12),
    ],
)  # fmt: skip
def test_digits_with_their_separators_powers_and_scales(text: str, value: object) -> None:
    assert one(text).value == Decimal(str(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twelve rows", 12), ("twenty-three rows", 23), ("forty two rows", 42), ("one hundred and five rows", 105), ("a hundred rows", 100),
        ("two million and three hundred rows", 2000300), ("seven hundred thousand rows", 700000), ("half of it", "0.5"), ("half a million rows", 500000),
        ("two and a half rows", "2.5"), ("three million and a half", 3500000), ("three quarters of it", "0.75"), ("a quarter of it", "0.25"), ("six tenths of it", "0.6"),
        ("a dozen rows", 12), ("half a dozen rows", 6), ("nine point zero four", "9.04"), ("4 thousand 2 hundred rows", 4200), ("3 out of 4 rows", "0.75"),
        ("one in five rows", "0.2"), ("zero rows", 0), ("thirty and two fifths", "30.4"),
        ("二十三", 23), ("两千三百万", 23000000), ("一百零五", 105), ("三百五", 350), ("十", 10), ("四亿零六", 400000006), ("半年", "0.5"), ("三点一四", "3.14"),
        ("二〇二五", 2025), ("五十打", 600), ("十余万", 100000), ("三又四分之一", "3.25"), ("八分之五", "0.625"), ("负三十", 30),
    ],
)  # fmt: skip
def test_number_words(text: str, value: object) -> None:
    assert one(text).value == Decimal(str(value))
    assert one(text).words or text[0].isdigit()


def test_a_third_and_two_thirds_are_fractions_and_a_third_model_is_an_ordinal() -> None:
    assert [round(f.value, 4) for f in read("a third of them, two thirds of us")] == [
        Decimal("0.3333"),
        Decimal("0.6667"),
    ]
    assert one("a third model").kind == "ordinal"
    assert round(one("三分之一").value, 4) == Decimal("0.3333")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3.5%", "3.5", "%"), ("3.5 ％", "3.5", "%"), ("3.5 percent", "3.5", "%"), ("3.5 per cent", "3.5", "%"), ("3.5 pct", "3.5", "%"), ("$3.5\\%$", "3.5", "%"),
        ("three percent", 3, "%"), ("百分之三点五", "3.5", "%"), ("百分之12", 12, "%"), ("千分之二", "0.2", "%"), ("三成", 30, "%"), ("七成半", 75, "%"), ("八五折", 85, "%"),
        ("2 pp", 2, "pp"), ("2 p.p.", 2, "pp"), ("2 percentage points", 2, "pp"), ("2 %-points", 2, "pp"), ("2 个百分点", 2, "pp"),
        ("25 bps", "0.25", "pp"), ("25 basis points", "0.25", "pp"), ("25 个基点", "0.25", "pp"),
        ("3x faster", 3, "x"), ("3× faster", 3, "x"), ("$3\\times$", 3, "x"), ("3 times", 3, "x"), ("3-fold", 3, "x"), ("threefold", 3, "x"), ("快 3 倍", 3, "x"),
        ("doubled", 2, "x"), ("halved", "0.5", "x"), ("tripled", 3, "x"), ("twice as fast", 2, "x"), ("翻倍", 2, "x"), ("减半", "0.5", "x"),
        ("12 ms", 12, "ms"), ("12-second clip", 12, "s"), ("12 min", 12, "min"), ("5 hours", 5, "h"), ("7 天", 7, "day"), ("3 小时", 3, "h"), ("3 个月", 3, "month"),
        ("16GB", 16, "GB"), ("512 MiB", 512, "MiB"), ("4-bit", 4, "bit"), ("2M tokens", 2000000, "token"), ("180ml", 180, "ml"), ("7 TWh", 7, "TWh"),
        ("$5 million", 5000000, "USD"), ("US$3.2bn", 3200000000, "USD"), ("€10M", 10000000, "EUR"), ("￥300", 300, "CNY"), ("5亿元", 500000000, "CNY"), ("USD115", 115, "USD"),
        ("20 euros", 20, "EUR"), ("10 US dollars", 10, "USD"), ("30 万美元", 300000, "USD"),
    ],
)  # fmt: skip
def test_units_under_their_spellings(text: str, value: object, unit: str) -> None:
    assert (one(text).value, one(text).unit) == (Decimal(str(value)), unit)


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("CTR +1.2%", "+", "1.2"), ("CTR -1.2%", "-", "1.2"), ("CTR \u22121.2%", "-", "1.2"), ("(\u20131.2%)", "-", "1.2"), ("CTR －1.2％", "-", "1.2"),
        ("minus five", "-", 5), ("negative 5", "-", 5), ("负 5", "-", 5), ("-$5", "-", 5), ("$-5", "-", 5), ("\u00b15%", "", 5), ("top-5", "", 5), ("the cost - 5% of it", "", 5),
        ("error --5", "", 5), ("- 5 rows", "", 5),
    ],
)  # fmt: skip
def test_signs_as_printed(text: str, sign: str, value: object) -> None:
    assert (one(text).sign, one(text).value) == (sign, Decimal(str(value)))


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("up to 49%", "up to"), ("as much as a 49% cut", "up to"), ("最高 49%", "up to"), ("至多 49%", "up to"), ("over 49%", "over"), ("more than 49%", "over"), ("超过 49%", "over"),
        (">49%", "over"), ("about 49%", "about"), ("nearly 49%", "about"), ("~49%", "about"), ("约 49%", "about"), ("近 49%", "about"), ("at least 49%", "at least"),
        ("至少 49%", "at least"), ("≥ 49%", "at least"), ("49% or more", "at least"), ("49%以上", "at least"), ("49+ rows", "at least"), ("less than 49%", "under"), ("不到 49%", "under"),
        ("四百多", "over"), ("exactly 49%", ""), ("最近 49 天", ""), ("节约 49%", ""), ("turnover 49%", ""),
    ],
)  # fmt: skip
def test_hedges(text: str, hedge: str) -> None:
    assert one(text).hedge == hedge


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("53-398x faster", 53, 398, "x"), ("53x to 398x", 53, 398, "x"), ("$8-10B", 8 * 10**9, 10**10, "USD"), ("between 2 and 5 %", 2, 5, "%"), ("3 至 5 倍", 3, 5, "x"), ("3~5 天", 3, 5, "day"),
        ("15–20 %", 15, 20, "%"), ("8- to 16-bit", 8, 16, "bit"), ("ranging from 3% to 5%", 3, 5, "%"), ("500-900 rows", 500, 900, ""), ("3 到 5 万", 30000, 50000, ""),
        ("two to four weeks", 2, 4, "week"), ("$1.5-3M", 1500000, 3000000, "USD"),
    ],
)  # fmt: skip
def test_ranges_share_unit_and_scale(text: str, low: int, high: int, unit: str) -> None:
    a, b = read(text)
    assert (a.value, b.value, a.unit, b.unit) == (low, high, unit, unit)
    assert (a.end_of_range, b.end_of_range, a.sign, b.sign) == ("low", "high", "", "")


@pytest.mark.parametrize("text", ["from 3% to 5%", "从 3% 到 5%", "3% and 5%", "3%, 5%", "48-3", "3 ms to 5%"])
def test_what_is_no_range_is_two_figures(text: str) -> None:
    assert [f.end_of_range for f in read(text)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2026-06-20", 20260620, "date"), ("2026/6/20", 20260620, "date"), ("June 20, 2026", 20260620, "date"), ("20 June 2026", 20260620, "date"), ("2026年6月20日", 20260620, "date"),
        ("6/20/2026", 20260620, "date"), ("20/6/2026", 20260620, "date"), ("June 2026", 202606, "month"), ("June 20", 620, "day"), ("6月20日", 620, "day"), ("Q3 2025", 20253, "quarter"), ("第三季度", 3, "quarter"),
        ("in 2025", 2025, "year"), ("2025年", 2025, "year"), ("(2025)", 2025, "year"), ("the 1990s", 1990, "decade"), ("at 10:30", 1030, "time"), ("at 7 pm", 1900, "time"),
    ],
)  # fmt: skip
def test_dates(text: str, value: int, unit: str) -> None:
    assert (one(text).kind, one(text).value, one(text).unit) == ("date", value, unit)


@pytest.mark.parametrize("text", ["2000 users", "2,025 rows", "2048 tokens", "over 2000", "$2000", "2000%", "2025.5"])
def test_four_digits_that_count_something_are_no_year(text: str) -> None:
    assert one(text).kind == "quantity"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("the GPT-4o model", "GPT-4o"), ("we use Llama 3.1 here", "Llama 3.1"), ("an H100 card", "H100"), ("in v2.3.1 it", "v2.3.1"), ("see RFC 9110.", "RFC 9110"), ("see Section 3.2.", "Section 3.2"),
        ("arXiv:2601.21770", "arXiv:2601.21770"), ("id 2601.21770v2", "2601.21770v2"), ("at NDCG@10 we", "NDCG@10"), ("Qwen3-32B is", "Qwen3-32B"), ("in 3D space", "3D"), ("a 5G network", "5G"), ("release 1.2.3", "1.2.3"),
        ("Table 2 shows", "Table 2"), ("hash 3d7f21", "3d7f21"),
    ],
)  # fmt: skip
def test_numbers_of_names_are_versions(text: str, printed: str) -> None:
    figure = one(text)
    assert figure.kind == "version"
    assert text[figure.start : figure.end].endswith(printed.split()[-1])


def test_a_size_that_stands_alone_behind_a_name_is_a_quantity() -> None:
    name, size = read("Llama 3.1 70B")
    assert (name.kind, name.value) == ("version", Decimal("3.1"))
    assert (size.kind, size.value) == ("quantity", 70 * 10**9)


@pytest.mark.parametrize("text", ["CTR-1.2%", "top-10% of it", "Top-3x of it"])
def test_a_name_joined_to_a_percentage_is_a_quantity(text: str) -> None:
    assert (one(text).kind, one(text).sign) == ("quantity", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the first run", 1),
        ("the 21st run", 21),
        ("the twenty-first run", 21),
        ("第三", 3),
        ("第 12 章", 12),
        ("the second run", 2),
    ],
)
def test_ordinals(text: str, value: int) -> None:
    assert (one(text).kind, one(text).value) == ("ordinal", value)


@pytest.mark.parametrize(
    "text",
    [
        "a model and an idea", "one of the best", "the one we use", "no one knows", "one can see", "a few rows", "several hundred rows", "thousands of rows", "per second", "the second half"[4:10] + "s",
        "one-shot and zero-shot", "half-life", "twice a day", "double-blind", "一个模型", "一种方法", "一些", "统一", "四川", "十分重要", "数十亿", "万一", "第", "https://a.example/2026/06/20?x=15%",
        "up to date", "last quarter", "大陆和队伍", "百度千帆", "三折叠", "完成", "None", "",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert [f for f in read(text) if f.kind == "quantity"] == []


def test_one_is_a_number_in_front_of_what_it_counts() -> None:
    assert values("one model, one percent and one day") == ["1", "1", "1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22,24,26", ["22", "24", "26"]), ("1, 234", ["1", "234"]), ("[1,3]", ["1", "3"]), ("+1.05%/-1.10%", ["1.05", "-1.10"]), ("共 300，200 个", ["300", "200"]), ("64×A100", ["64", "100"]),
        ("1920x1080", ["1920", "1080"]), ("12 of 15", ["12", "15"]), ("between one hundred and two thousand", ["100", "2000"]), ("二百五，三百", ["250", "300"]), ("a 12 out of 10", ["12", "10"]),
        ("3 million 200 thousand", ["3200000"]), ("512 768 1024", ["512", "768", "1024"]),
    ],
)  # fmt: skip
def test_numbers_side_by_side_stay_apart(text: str, found: list[str]) -> None:
    assert [Decimal(v) for v in values(text)] == [Decimal(v) for v in found]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("1.2M", 100000),
        ("3.49", "0.01"),
        ("1,240", 1),
        ("284B", 10**9),
        ("3.5万", 1000),
        ("twelve", 1),
        ("25 bps", "0.01"),
        ("1.5e-4", "0.00001"),
        ("两千三百万", 10**6),
    ],
)
def test_the_step_is_one_unit_in_the_last_printed_place(text: str, step: object) -> None:
    assert one(text).step == Decimal(str(step))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("gain of +1.2 % there", "+1.2 %"), ("paid $5 million then", "$5 million"), ("共 3.5 万美元。", "3.5 万美元"), ("下降百分之三。", "百分之三"), ("some 12 ms there", "12 ms"), ("负三成。", "负三成"),
        ("ａ １２％ ｂ", "１２％"), ("\U0001f680 3x", "3x"),
    ],
)  # fmt: skip
def test_spans_are_code_points_of_the_whole_figure(text: str, printed: str) -> None:
    assert text[one(text).start : one(text).end] == printed
