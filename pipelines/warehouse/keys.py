"""Surrogate keys that derive from content, so that the same input gives the same rows whatever ran before."""

from __future__ import annotations

import hashlib
from functools import lru_cache

UNKNOWN_KEY = -1


def key(*parts: object) -> int:
    """A positive 63-bit key of a natural key."""
    joined = "\x1f".join(map(str, parts))
    return int.from_bytes(hashlib.blake2b(joined.encode(), digest_size=8).digest()) >> 1


@lru_cache(maxsize=65_536)
def code_key(dimension: str, code: str) -> int:
    """The key of a dimension's member by its code; -1 for `unknown`."""
    return UNKNOWN_KEY if code == "unknown" else key(dimension, code)
