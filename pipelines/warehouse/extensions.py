"""Packages that only some installations have, DuckDB's extensions among them: what to install where one is missing.

Nothing is fetched from the network while the program runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from pipelines.errors import FupinError

if TYPE_CHECKING:
    import duckdb


def load_extensions(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Loads extensions, each from its package `duckdb-extension-…`, whose signature DuckDB verifies.

    Args:
        connection: that is to have them.
        names: as DuckDB knows them, such as `ducklake`.

    Raises:
        FupinError: a package is missing, or was made for another version of DuckDB.
    """
    import duckdb

    for name in names:
        package = required(f"duckdb_extension_{name}", "ducklake", f"DuckDB's extension {name}")
        built = Path(str(package.__file__)).parent / "extensions"
        file = built / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if not file.exists():
            found = ", ".join(sorted(folder.name for folder in built.glob("v*"))) or "no version"
            raise FupinError(
                f"DuckDB's extension {name} is installed for {found}, DuckDB itself is v{duckdb.__version__}: "
                f"pip install 'duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}'"
            )
        connection.execute(f"LOAD '{str(file).replace(chr(39), chr(39) * 2)}'")


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
