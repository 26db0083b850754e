"""Packages that only some installations have: what to install where one is missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from pipelines.errors import FupinError


def required(module: str, extra: str, purpose: str) -> ModuleType:
    """A module of an optional package.

    Args:
        module: its full name.
        extra: the group of `pyproject.toml` that brings it.
        purpose: what it is needed for, as the beginning of a sentence.

    Raises:
        FupinError: it is not installed; says how to.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise
        raise FupinError(f"{purpose} needs the package {error.name}: pip install 'fupin[{extra}]'") from error
