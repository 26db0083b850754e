"""DuckDB's extensions from installed packages: nothing is fetched from the network while the program runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.scaling.extras import required

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
