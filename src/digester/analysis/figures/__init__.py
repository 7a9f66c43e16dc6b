"""Figures in text: numbers with value, unit, sign, hedge and place, read in English and Chinese.

`read` gives every number of a text with its kind; `direction` the sense in which its clause moves it.
`quantities` finds what can become a claim, `numbers` the normalised numerals a text holds.
"""

from digester.analysis.figures._directions import direction
from digester.analysis.figures._model import End, Figure, Kind, Sign
from digester.analysis.figures._quantities import Quantity, not_significant, numbers, quantities
from digester.analysis.figures._read import read

__all__ = ["End", "Figure", "Kind", "Quantity", "Sign", "direction", "not_significant", "numbers", "quantities", "read"]
