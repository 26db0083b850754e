"""Spares what a library does in vain: unused imports, properties computed anew at every look, fingerprints."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module in the names of whoever imports it; the module is imported when one of its names is used."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def sparing(later: Sequence[str], never: Sequence[str]) -> Iterator[None]:
    """While it lasts, imports find stand-ins for some modules, and others not at all.

    What is imported already stays as it is. Afterwards whoever imports one of them gets the module itself.

    Args:
        later: modules of which a stand-in is enough.
        never: packages that are optional for those who import them.
    """
    stand_ins = {name: _Later(name) for name in later if name not in sys.modules}
    for name, module in stand_ins.items():
        module.__spec__ = ModuleSpec(name, None)  # asked for by those who only look whether it is there
        parent, _, child = name.rpartition(".")
        if parent in stand_ins:
            setattr(stand_ins[parent], child, module)
    placed: dict[str, Any] = stand_ins | {name: None for name in never if name not in sys.modules}
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


@contextmanager
def instead(owner: object, name: str, value: object) -> Iterator[None]:
    """While it lasts, an attribute of a class or module has another value.

    Args:
        owner: the class or module.
        name: of its attribute.
        value: the other value.
    """
    own = vars(owner)[name]
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, own)


def computed_once(owner: type, name: str) -> AbstractContextManager[None]:
    """While it lasts, a property of a class is computed once for each object, and its value kept.

    Args:
        owner: the class; its objects must not change meanwhile.
        name: of the property.
    """
    own: property = vars(owner)[name]
    found: dict[int, tuple[object, Any]] = {}

    def kept(self: object) -> Any:  # noqa: ANN401 - whatever the property gives
        # the object is kept with its value, so that no other one gets its identity
        if id(self) not in found:
            found[id(self)] = self, own.__get__(self)
        return found[id(self)][1]

    return instead(owner, name, property(kept))
