"""Patterns of the rules: each is compiled when a text first needs it, for that takes a while.

There are a thousand of them, of which one text needs a third; a class of all Chinese characters alone costs a
millisecond. What many patterns have in common, the sign of a currency, is written here once.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

CURRENCY_SIGNS = "$€£¥￥₹₱฿₫₩₦₽₴₺₪₸₮₾֏₼৳₲₡₭៛؋₵¢"
# what may stand before an amount of money, in a pattern of whatever flags: "Rs. ", "US$ ", "N$", "GHS ", nothing
SIGN = rf"\s*(?-i:(?<![A-Za-z])[A-Z][A-Za-z]{{0,3}}\.?(?![a-z]))?\s?[{CURRENCY_SIGNS}]?\s*"
_PARTS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags", "groupindex")


class _Pattern:
    """Stands for a pattern until it is asked for the first time."""

    def __init__(self, written: str | bytes, flags: int) -> None:
        self._written, self._flags = written, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        compiled = re.compile(self._written, self._flags)
        for part in _PARTS:
            setattr(self, part, getattr(compiled, part))
        return getattr(compiled, name)


def regex(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern that is compiled at its first use; a match's `re` is another object."""
    return cast("re.Pattern[AnyStr]", _Pattern(written, flags))
