"""`fupin shell`: a prompt for SQL on the published snapshot, which can only be read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.output import print_table
from pipelines.commands.query import ask, failing_queries, limited, print_relation
from pipelines.errors import FupinError
from pipelines.patterns import regex
from pipelines.publishing.names import find_table
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings, settings

if TYPE_CHECKING:
    import duckdb
    from prompt_toolkit import PromptSession

_ASIDE = regex(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_HELP = """A query ends with a semicolon. Besides queries there are
  .tables       what can be queried
  .describe T   the columns of a table or view, and what they mean
  .help         this list
  .quit         leave; so does Ctrl-D"""
_TABLES = """
SELECT t.table_schema || '.' || t.table_name AS table_name, coalesce(b.comment, v.comment) AS meaning
FROM information_schema.tables AS t
LEFT JOIN duckdb_tables() AS b ON t.table_schema = b.schema_name AND t.table_name = b.table_name
LEFT JOIN duckdb_views() AS v ON t.table_schema = v.schema_name AND t.table_name = v.view_name
WHERE t.table_schema IN ('core', 'indicator', 'out', 'quality', 'work') AND NOT starts_with(t.table_name, 'v_')
ORDER BY t.table_schema, t.table_name
"""
_COLUMNS = """
SELECT column_name, data_type, comment AS meaning
FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index
"""
_WORDS = """
SELECT schema_name || '.' || table_name FROM duckdb_columns() WHERE NOT internal
UNION SELECT column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1
"""
_KEYWORDS = "SELECT FROM WHERE JOIN LEFT USING ON AND OR NOT GROUP BY ORDER LIMIT AS WITH HAVING DISTINCT IS NULL DESC"


class _QuitError(Exception):
    """The user wants to leave."""


def shell(now: Settings) -> bool:
    """Asks in a prompt, or what comes through a pipe.

    Returns:
        Whether none failed that came through a pipe.
    """
    with open_snapshot(now) as connection:
        if sys.stdin.isatty():
            print(f"{now.snapshot}, read-only. .help lists the commands.")
            fine = run_lines(connection, _typed(connection), show_error=print)
        else:
            fine = run_lines(connection, sys.stdin, show_error=lambda text: print(text, file=sys.stderr))
    return fine or sys.stdin.isatty()


def run_lines(connection: duckdb.DuckDBPyConnection, lines: Iterable[str], show_error: Callable[[str], None]) -> bool:
    """Runs commands and queries until the lines end or `.quit`.

    Args:
        connection: to the snapshot.
        lines: a query may take several, up to its semicolon; the last one needs none.
        show_error: gets one line for each query that fails.

    Returns:
        Whether none failed.
    """
    fine = True
    for text in _statements(lines):
        try:
            if text.startswith("."):
                _command(connection, text)
            else:
                _queries(connection, text)
        except _QuitError:
            break
        except FupinError as error:
            show_error(f"error: {error}")
            fine = False
    return fine


def _statements(lines: Iterable[str]) -> Iterator[str]:
    """Commands, each a line, and queries, each up to a line that ends with a semicolon."""
    waiting = ""
    for line in lines:
        if not waiting.strip() and line.lstrip().startswith("."):
            yield line.strip()
            continue
        waiting += line if line.endswith("\n") else f"{line}\n"
        if is_complete(waiting):
            yield waiting.strip()
            waiting = ""
    if _ASIDE.sub("", waiting).strip():
        yield waiting.strip()


def is_complete(text: str) -> bool:
    """Whether a query ends here: with a semicolon that is neither in a text nor in a comment."""
    bare = _ASIDE.sub(" ", text)
    return bare.rstrip().endswith(";") and not re.search(r"['\"]|/\*", bare)


def _queries(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    with failing_queries():
        parts = [statement.query for statement in connection.extract_statements(text)]
    for part in parts:
        with limited(connection, settings().query_seconds):
            relation = ask(connection, part)
            with failing_queries():
                print_relation(relation)


def _command(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    name, _, argument = text.partition(" ")
    if name in (".quit", ".exit"):
        raise _QuitError
    if name == ".help":
        print(_HELP)
    elif name == ".tables":
        print_table(("table", "meaning"), connection.execute(_TABLES).fetchall())
    elif name == ".describe" and argument.strip():
        rows = connection.execute(_COLUMNS, find_table(connection, argument.rstrip("; "))).fetchall()
        print_table(("column", "type", "meaning"), rows)
    else:
        raise FupinError(f"{text}: no such command; .help lists them")


def _typed(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """What the user types, one query or command at a time; Ctrl-C drops the line, Ctrl-D ends."""
    session = _session(connection)
    while True:
        try:
            yield session.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _session(connection: duckdb.DuckDBPyConnection) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    words = [row[0] for row in connection.execute(_WORDS).fetchall()]
    history: History
    try:
        place = _history_file()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        history = FileHistory(str(place))
    except OSError:
        # a home that cannot be written is no reason not to ask
        history = InMemoryHistory()

    @Condition
    def unfinished() -> bool:
        text = session.default_buffer.text.strip()
        return bool(text) and not text.startswith(".") and not is_complete(text)

    session: PromptSession[str] = PromptSession(
        "fupin> ",
        history=history,
        multiline=unfinished,
        prompt_continuation="  ...> ",
        completer=WordCompleter(
            [*_KEYWORDS.split(), *words, ".tables", ".describe", ".help", ".quit"],
            ignore_case=True,
            pattern=re.compile(r"[\w.]+"),
        ),
        complete_while_typing=False,
    )
    return session


def _history_file() -> Path:
    """Where earlier queries are kept: with the user's own state, outside of any project."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "fupin" / "shell_history"
