"""A person at the terminal: single keys, lines, a numbered choice; shared by all that the desk shows there."""

from __future__ import annotations

import sys

from rich.console import Console

from pipelines.catalog.reasons import reason_in
from pipelines.desk.words import DeskWords

_MOST = 12


class QuitError(Exception):
    """The person wants to stop."""


class Keyboard:
    """What is asked of a person, in one language, and the console that it is asked on.

    Args:
        words: of the desk.
    """

    def __init__(self, words: DeskWords) -> None:
        self.words, self.console = words, Console(highlight=False)

    def key(self) -> str:
        """One key, or a line of it where nobody types.

        Raises:
            QuitError: there is no more.
        """
        if not sys.stdin.isatty():
            return self.line("")[:1].lower() or "s"
        import click

        key = click.getchar().lower()
        if key in ("q", "\x03", "\x04", "\x1b"):
            raise QuitError
        return key

    def line(self, question: str) -> str:
        """A line.

        Raises:
            QuitError: there is no more.
        """
        print(question, end=" " if question else "", flush=True)
        said = sys.stdin.readline()
        if not said or said.strip() == "q":
            raise QuitError
        return said.strip()

    def complain(self, error: Exception) -> None:
        """Says why something was not kept."""
        self.console.print(f"! {reason_in(str(error), self.words.language)}", style="red", markup=False)

    def choose(self, offered: list[tuple[str, str]]) -> str | None:
        """One of some values, by its number; None for none of them.

        Args:
            offered: code and name of each.
        """
        if not offered:
            print(self.words("nothing_fits"))
            return None
        for number, (code, name) in enumerate(offered[:_MOST], 1):
            self.console.print(f"  {number:>2}  {name}  ({code})", markup=False)
        if len(offered) > _MOST:
            print(f"      {self.words('more', count=len(offered) - _MOST)}")
        said = self.line(self.words("which"))
        return offered[int(said) - 1][0] if said.isdecimal() and 1 <= int(said) <= min(len(offered), _MOST) else None
