"""Units behind and in front of a number, and the scales between them: tables and their readers.

A unit is taken as printed where no table knows it: letters glued to the digits (`180ml`, `45kg`) make the
number one of that unit, never a bare count. Case tells a scale from a unit: `10M` is ten million, `10m` is not.
"""

from __future__ import annotations

import re
from decimal import Decimal

_D = Decimal
SCALE_WORDS = {
    "hundred": _D(100), "hundreds": _D(100), "thousand": _D(1000), "thousands": _D(1000), "lakh": _D(10) ** 5, "lakhs": _D(10) ** 5,
    "million": _D(10) ** 6, "millions": _D(10) ** 6, "mil": _D(10) ** 6, "mn": _D(10) ** 6, "mln": _D(10) ** 6, "crore": _D(10) ** 7,
    "crores": _D(10) ** 7, "billion": _D(10) ** 9, "billions": _D(10) ** 9, "bn": _D(10) ** 9, "bln": _D(10) ** 9,
    "trillion": _D(10) ** 12, "trillions": _D(10) ** 12, "tn": _D(10) ** 12, "trn": _D(10) ** 12, "tln": _D(10) ** 12, "quadrillion": _D(10) ** 15,
}  # fmt: skip
SCALE_SIGNS = {"k": 3, "K": 3, "M": 6, "MM": 6, "B": 9, "b": 9, "G": 9, "T": 12}

_SCALE_SIGN = re.compile(r" {0,2}(K|k|MM|M|B|b|G|T)(?![A-Za-z0-9_°]|/[A-Za-z])")

_ALIASES: dict[str, str] = {
    "%": "percent per_cent pct percents percentage percentages",
    "pp": "pp pps ppt ppts p.p. percentage_point percentage_points percent_point percent_points pct_point pct_points %-points %_points",
    "bp": "bp bps basis_point basis_points",
    "x": "times fold folds",
    "ns": "ns nanosecond nanoseconds", "us": "µs us microsecond microseconds", "ms": "ms msec msecs millisecond milliseconds",
    "s": "s sec secs second seconds", "min": "min mins minute minutes", "h": "h hr hrs hour hours", "day": "day days",
    "week": "week weeks wk wks", "month": "month months", "year": "year years yr yrs", "decade": "decade decades", "quarter": "quarters",
    "bit": "bit bits", "byte": "byte bytes", "token": "token tokens", "parameter": "parameter parameters params param",
    "FLOP": "flop flops", "USD": "usd dollar dollars buck bucks", "CNY": "cny rmb yuan renminbi", "EUR": "eur euro euros", "GBP": "gbp pound pounds sterling",
    "JPY": "jpy yen", "KRW": "krw won", "INR": "inr rupee rupees", "HKD": "hkd", "TWD": "twd", "CHF": "chf franc francs",
    "CAD": "cad", "AUD": "aud", "SGD": "sgd", "SEK": "sek", "BTC": "btc bitcoin bitcoins", "RUB": "rub ruble rubles rouble roubles", "TRY": "lira liras", "cent": "cent cents", "penny": "penny pence",
    "m": "metre metres meter meters", "km": "km kilometre kilometres kilometer kilometers", "cm": "cm centimetre centimetres centimeter centimeters",
    "mile": "mile miles", "inch": "inch inches", "kg": "kg kgs kilogram kilograms", "g": "gram grams", "mg": "mg milligram milligrams", "eV": "ev", "keV": "kev", "MeV": "mev", "GeV": "gev", "TeV": "tev", "tonne": "tonne tonnes ton tons",
    "ml": "ml", "l": "litre litres liter liters", "Hz": "hz hertz", "kHz": "khz", "MHz": "mhz", "GHz": "ghz", "kWh": "kwh", "MWh": "mwh", "GWh": "gwh", "TWh": "twh",
    "kW": "kw", "GW": "gw gigawatt gigawatts", "W": "watt watts", "MW": "megawatt megawatts", "degree": "degree degrees",
    "nm": "nm nanometre nanometres nanometer nanometers", "px": "px pixel pixels", "tps": "tps", "qps": "qps", "rps": "rps", "fps": "fps", "dB": "db",
}  # fmt: skip
_UNITS = {spelling.replace("_", " "): unit for unit, row in _ALIASES.items() for spelling in row.split()}
_CASED = {
    "KB": "KB", "kB": "KB", "MB": "MB", "GB": "GB", "TB": "TB", "PB": "PB", "EB": "EB", "KiB": "KiB", "MiB": "MiB", "GiB": "GiB", "TiB": "TiB",
    "Kb": "Kb", "Mb": "Mb", "Gb": "Gb", "Kbps": "Kbps", "Mbps": "Mbps", "Gbps": "Gbps", "MW": "MW", "W": "W", "V": "V", "J": "J", "m": "m", "g": "g",
    "GFLOPs": "GFLOP", "GFLOPS": "GFLOP", "TFLOPs": "TFLOP", "TFLOPS": "TFLOP", "PFLOPs": "PFLOP", "PFLOPS": "PFLOP", "EFLOPs": "EFLOP",
    "Gb/s": "Gbps", "L": "l", "t": "tonne",
}  # fmt: skip
_LONG_BYTES = {
    "kilobyte": "KB",
    "megabyte": "MB",
    "gigabyte": "GB",
    "terabyte": "TB",
    "petabyte": "PB",
    "exabyte": "EB",
}
_UNITS |= _LONG_BYTES | {f"{word}s": unit for word, unit in _LONG_BYTES.items()}
# Letters that are a unit only when glued to the digits or a symbol of their own: in prose they are words.
_GLUED_ONLY = frozenset({"J", "t", "us"})
HAN = {
    "%": "个百分比", "pp": "个百分点 百分点", "bp": "个基点 基点 个bp", "x": "倍", "ms": "毫秒", "us": "微秒", "ns": "纳秒", "s": "秒钟 秒", "min": "分钟",
    "h": "个小时 小时 个钟头", "day": "天", "week": "个星期 星期 周", "month": "个月", "year": "年", "byte": "字节", "bit": "比特", "token": "个词元 词元 个token",
    "USD": "美元 美金 美刀", "CNY": "元人民币 人民币 块钱 元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元 日圆", "HKD": "港元 港币", "TWD": "新台币 台币",
    "KRW": "韩元", "INR": "卢比", "CHF": "瑞士法郎", "AUD": "澳元", "CAD": "加元", "SGD": "新加坡元 新元", "cent": "美分", "km": "公里 千米", "m": "米", "kg": "公斤 千克",
    "NGN": "奈拉", "BTC": "个比特币 比特币",
}  # fmt: skip
_HAN_UNITS = sorted(((s, unit) for unit, row in HAN.items() for s in row.split()), key=lambda p: -len(p[0]))
_HAN_AT = re.compile(
    " {0,4}(?P<unit>" + "|".join(" {0,3}".join(map(re.escape, s)) for s, _ in _HAN_UNITS) + ")(?!(?<=元)[组素数])",
    re.IGNORECASE,
)
_HAN_UNIT = dict(_HAN_UNITS)

_SYMBOL = re.compile(
    r" ?(?:(?P<pp>%[- ]?points?\b|p\.p\.)|(?P<percent>\$?\\%|%|\\percent\b)|(?P<permille>‰)|(?P<x>\$?\\times(?![A-Za-z])(?! ?\d)|×(?!\w| ?\d| [A-Z]\w{0,8}\d)|[xX](?![\w]| ?\d))|(?P<deg>° ?[CF]?)|(?P<eur>€)|(?P<gbp>£))"
)
_COUNTRIES = {
    "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD", "australian dollar": "AUD", "hong kong dollar": "HKD",
    "singapore dollar": "SGD", "swiss franc": "CHF", "chinese yuan": "CNY", "japanese yen": "JPY", "korean won": "KRW", "indian rupee": "INR",
}  # fmt: skip
_COUNTRY = re.compile(rf"(?: {{1,2}}|-)(?P<phrase>{'|'.join(map(re.escape, _COUNTRIES))})s?(?![A-Za-z])", re.IGNORECASE)
_PHRASE = re.compile(
    r"(?: {1,2}| ?- ?)?(?P<phrase>(?:percentage|percent|pct|basis)[ -]points?|per cents?)(?![A-Za-z])", re.IGNORECASE
)
_AFTER = re.compile(r"(?P<gap> {0,2}| ?-)(?P<word>[A-Za-zµ]{1,30}+)(?![A-Za-z0-9_])")
_HYPHEN = re.compile("-[A-Za-z]")
_COMPOUNDED = frozenset({"token", "parameter", "bit", "byte"})  # `two token-level tasks` counts tasks
_VALIDATION = re.compile("[ -]cross", re.IGNORECASE)  # the folds of cross-validation are counted
_FREQUENCY = re.compile(r" (?:per|an?|each|every|in)\b", re.IGNORECASE)
_CURRENCIES = {
    "us$": "USD", "hk$": "HKD", "c$": "CAD", "a$": "AUD", "s$": "SGD", "nt$": "TWD", "$": "USD", "\\$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₹": "INR",
    "₩": "KRW", "₿": "BTC", "₽": "RUB", "usd": "USD", "cny": "CNY", "rmb": "CNY", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "hkd": "HKD", "inr": "INR", "krw": "KRW", "chf": "CHF", "人民币": "CNY",
}  # fmt: skip
_CLOSED_MATH = re.compile(r"\$[<>=≤≥~\\a-z]{1,8}\$ ?\Z")  # the second sign closes `$<$7`, `$\leq$7`
CURRENCY_CODES = frozenset(code for code in _CURRENCIES if code.isalpha() and code.isascii())
_CURRENCY_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:(?:us|hk|nt|c) ?|[as])\$|\\?\$|[€£¥₹₩₿₽]|(?<![A-Za-z])(?:USD|CNY|RMB|EUR|GBP|JPY|HKD|INR|KRW|CHF)|人民币) {0,2}\Z",
    re.IGNORECASE,
)


def scale_after(text: str, end: int) -> tuple[Decimal, int]:
    """The scale sign that stands behind digits (`10k`, `2.33 k`, `1MM`), and where it ends; 1 without one.

    A lower-case m is no million; `B` and `T` need to stand alone, so that GB, TB and words are none. One digit
    and G (4G, 5G) names a generation of networks, not billions.
    """
    m = _SCALE_SIGN.match(text, end)
    if m is None or (m[1] == "b" and m.start(1) > end):
        return _D(1), end
    return _D(10) ** SCALE_SIGNS[m[1]], m.end()


def unit_after(text: str, end: int, *, glue: bool = True) -> tuple[str, int]:
    """The unit behind a number and where it ends; ("", end) without one. `glue` takes unknown letters glued to
    digits for a unit."""
    for read in (_symbol, _phrase, _han, _currency_sign):
        unit, stop = read(text, end)
        if unit:
            return unit, stop
    m = _AFTER.match(text, end)
    return _of_word(text, m, glue) if m else ("", end)


def _symbol(text: str, end: int) -> tuple[str, int]:
    m = _SYMBOL.match(text, end)
    if m is None:
        return "", end
    names = {"pp": "pp", "percent": "%", "permille": "‰", "x": "x", "deg": "degree", "eur": "EUR", "gbp": "GBP"}
    return names[m.lastgroup or ""], m.end()


def _phrase(text: str, end: int) -> tuple[str, int]:
    if m := _COUNTRY.match(text, end):
        return _COUNTRIES[m["phrase"].lower()], m.end()
    m = _PHRASE.match(text, end)
    return (_UNITS[_plain(m["phrase"])], m.end()) if m else ("", end)


def _plain(phrase: str) -> str:
    words = phrase.lower().replace("-", " ")
    return "per cent" if words.startswith("per cent") else words


def _han(text: str, end: int) -> tuple[str, int]:
    m = _HAN_AT.match(text, end)
    return (_HAN_UNIT[m["unit"].replace(" ", "").lower()], m.end()) if m else ("", end)


def _currency_sign(text: str, end: int) -> tuple[str, int]:
    return ("CNY", end + 1) if text[end : end + 1] == "¥" and not text[end + 1 : end + 2].isdigit() else ("", end)


def unit_of(word: str) -> str:
    """The unit that letters are; a single letter is one in its own case only."""
    if len(word) == 1:
        return _CASED.get(word) or (_UNITS.get(word, "") if word in "sh" else "")
    return _CASED.get(word) or _UNITS.get(word.lower(), "")


def _of_word(text: str, m: re.Match[str], glue: bool) -> tuple[str, int]:
    word, glued = m["word"], not m["gap"]
    unit = unit_of(word)
    if (word.lower() == "times" and _FREQUENCY.match(text, m.end())) or (
        unit == "x" and _VALIDATION.match(text, m.end())
    ):
        return "", m.start()
    compound = m["gap"].isspace() and (len(word) == 1 or unit in _COMPOUNDED) and _HYPHEN.match(text, m.end())
    if unit and not compound and (glued or m["gap"] == "-" or word not in _GLUED_ONLY):
        return unit, m.end()
    if glue and glued and len(word) <= 5 and word.islower():
        return word, m.end()
    return "", m.start()


def currency_before(text: str, start: int) -> tuple[str, int]:
    """The currency printed in front of a number and where it begins; ("", start) without one."""
    window = text[max(0, start - 6) : start]
    m = _CURRENCY_BEFORE.search(window)
    if m is None or _CLOSED_MATH.search(text[max(0, start - 12) : start]):
        return "", start
    return _CURRENCIES[m[0].replace(" ", "").lower()], start - len(window) + m.start()
