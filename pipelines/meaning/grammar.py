"""What a word about programs says, and the words that a clause is built of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.load import FOLDER, read_yaml
from pipelines.errors import CatalogError

Kind = Literal["name", "thing", "all", "other", "economy", "context"]


class Sign(NamedTuple):
    """What a phrase says about the program of the numbers in its scope.

    Attributes:
        code: code of a program; `other` for words of the general economy and of geography.
        kind: a `name` of a program; a `thing` that is a sign of it where an act of support is told; `all` for words
            about the poor and the funds as a whole; `other` for work outside the catalogue; `economy`, or `context`
            (geography and administration, of no money).
    """

    code: str
    kind: Kind


class _Grammar(BaseModel):
    """The schema of `catalog/scope.yml`: words by what they do in a clause."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acts: tuple[str, ...]
    offices: tuple[str, ...]
    helpers: tuple[str, ...]
    payers: tuple[str, ...]
    levels: tuple[str, ...]
    moneys: tuple[str, ...]
    wholes: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def scope_words() -> _Grammar:
    """The words of `catalog/scope.yml`; raises CatalogError where the file is not as its schema says."""
    try:
        return _Grammar.model_validate(read_yaml(FOLDER / "scope.yml"))
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogError(f"catalog/scope.yml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def either(words: Iterable[str]) -> tuple[str, str]:
    """Alternatives of a pattern for English and for Chinese words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(word for word in ordered if word.isascii()), "|".join(w for w in ordered if not w.isascii())


def payers() -> str:
    """Alternatives of a pattern for people who pay with their own money."""
    return either(scope_words().payers)[0]
