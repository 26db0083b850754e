"""Patterns that few texts need: each is compiled when a text first needs it, for that takes a while.

A class of all Chinese characters alone costs a millisecond, and there are hundreds of patterns. What most texts need is
compiled at once, as `re.compile` does. What many patterns have in common, the sign of a currency, is written here once.
"""

from __future__ import annotations

import re
from typing import Any, cast

CURRENCY_SIGNS = "$€£¥￥₹₱฿₫₩₦₽₴₺₪₸₮₾֏₼৳₲₡₭៛؋₵¢"
# what may stand before an amount of money, in a pattern of whatever flags: "Rs. ", "US$ ", "N$", "GHS ", nothing
SIGN = rf"\s*(?-i:(?<![A-Za-z])[A-Z][A-Za-z]{{0,3}}\.?(?![a-z]))?\s?[{CURRENCY_SIGNS}]?\s*"
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Pattern:
    """Stands for a pattern until it is asked for the first time."""

    def __init__(self, written: str, flags: int) -> None:
        self._written, self._flags = written, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        compiled = re.compile(self._written, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def rarely(written: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled at its first use."""
    return cast("re.Pattern[str]", _Pattern(written, flags))
