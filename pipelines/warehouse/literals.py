"""Texts within statements, where they cannot be parameters: paths, comments, and where DuckDB would load pandas."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(text: str) -> str:
    """A text with its quotation marks."""
    return "'" + text.replace("'", "''") + "'"


def texts(found: Iterable[str]) -> str:
    """Texts as a list between brackets of any kind; one empty text where there are none."""
    return ", ".join(map(quoted, found)) or "''"
