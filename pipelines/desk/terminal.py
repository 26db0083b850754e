"""The desk in the terminal: one figure after another, decided by single keys."""

from __future__ import annotations

import sys
from typing import Any, get_args

from rich.console import Console
from rich.text import Text

from pipelines.desk.cards import card, classes, parents
from pipelines.desk.choices import choices
from pipelines.desk.desk import Desk
from pipelines.desk.misprints import correct
from pipelines.desk.words import DeskWords
from pipelines.errors import FupinError
from pipelines.figures.figure import LinkKind
from pipelines.review.files import ATTRIBUTES, NONE, READING, RIGHT, Parent

_KEYS = "a right · 1-9, 0 change · n no figure · r not readable · m misprint · s skip · u undo · q quit"
_DIGITS = "1234567890"
_MOST = 12
# how often a choice can be misspelt before the figure is shown again
_TRIES = 3
_UNSURE = 0.08


class _QuitError(Exception):
    """The person wants to stop."""


class Terminal:
    """A person at the terminal.

    Args:
        desk: the desk.
        by: who decides.
    """

    def __init__(self, desk: Desk, by: str) -> None:
        self._desk, self._by = desk, by
        self._words = DeskWords("en")
        self._console = Console(highlight=False)

    def run(self, report: str | None, limit: int | None, *, everything: bool = False) -> int:
        """Shows figures until there are no more, or until the person quits; how many decisions stand in the end.

        Raises:
            FupinError: there is no such report, or the archive has not kept one.
        """
        items = self._desk.queue(report, limit, everything=everything).items
        if not items:
            print(self._words("nothing"))
            return 0
        shown = [(item.report, item.figure_id) for item in items]
        at = 0
        try:
            while at < len(shown):
                at += self._step(*shown[at], at, len(shown))
                at = max(at, 0)
        except _QuitError:
            pass
        done = len(self._desk.taken)
        print(f"{done} decision{'' if done == 1 else 's'} kept in {self._desk.settings.decisions}")
        return done

    def _step(self, report: str, figure: int, at: int, of: int) -> int:
        """Shows a figure and does what a key says; by how many figures to go on."""
        found = card(self._desk.open(report), figure, self._words)
        self._show(found, at, of)
        key = self._key()
        try:
            if key == "u":
                return self._undo()
            if key == "s":
                return 1
            if key in ("a", "r"):
                self._decide(found, READING, RIGHT if key == "a" else "unread")
                return 1
            if key == "n":
                code = self._choose([(one["code"], one["name"]) for one in classes(self._words)])
                if code is not None:
                    self._decide(found, READING, code)
                return 0 if code is None else 1
            if key == "m":
                self._misprint(found)
            elif key in _DIGITS:
                self._change(found, ATTRIBUTES[_DIGITS.index(key)])
        except FupinError as error:
            self._console.print(f"error: {error}", style="red", markup=False)
        return 0

    def _undo(self) -> int:
        taken = self._desk.undo()
        print(self._words("undone" if taken else "nothing_to_undo"))
        new = [one for one in taken.after if one not in taken.before] if taken else []
        was_whole = any(one.attribute == READING for one in new)
        return -1 if was_whole else 0

    def _decide(self, found: dict[str, Any], attribute: str, value: str | Parent) -> None:
        self._desk.decide(found["report"], found["figure"], {attribute: value}, self._by, "", found["seen"])

    def _misprint(self, found: dict[str, Any]) -> None:
        value = self._line("What does the report mean, as a number in the figure's unit? ")
        if value:
            correct(self._desk, found["report"], found["figure"], value, by=self._by, reason="")
            print(self._words("saved", what=f"{found['printed']} → {value}"))

    def _change(self, found: dict[str, Any], attribute: str) -> None:
        if attribute == "parent":
            near = parents(self._desk.open(found["report"]), found["figure"], self._words)
            code = self._choose([(NONE, self._words(NONE)), *((one["code"], one["name"]) for one in near)])
            if code == NONE:
                self._decide(found, attribute, NONE)
            elif code is not None:
                link = self._choose([(one, self._words.of("link", one)) for one in get_args(LinkKind)])
                if link is not None:
                    self._decide(found, attribute, self._desk.parent(found["report"], link, int(code)))
            return
        for _ in range(_TRIES):
            wanted = self._line(f"{self._words(f'attribute.{attribute}')}, by name or code (empty: as it was): ")
            if not wanted:
                return
            fit = choices(attribute, wanted, self._words)
            code = fit[0].code if len(fit) == 1 else self._choose([(one.code, one.name) for one in fit])
            if code is not None:
                self._decide(found, attribute, code)
                return

    def _choose(self, offered: list[tuple[str, str]]) -> str | None:
        """One of some values, by its number; None for none of them."""
        if not offered:
            print("nothing fits")
            return None
        for number, (code, name) in enumerate(offered[:_MOST], 1):
            self._console.print(f"  {number:>2}  {name}  ({code})", markup=False)
        if len(offered) > _MOST:
            print(f"      and {len(offered) - _MOST} more")
        said = self._line("which? ")
        return offered[int(said) - 1][0] if said.isdecimal() and 1 <= int(said) <= min(len(offered), _MOST) else None

    def _show(self, found: dict[str, Any], at: int, of: int) -> None:
        out = self._console
        out.print()
        out.rule(Text(f"{at + 1} of {of}  {found['report']}  {found['place'] or found['section']}"))
        before, own, after = found["sentence"]
        out.print(Text.assemble(before, (own, "bold reverse"), after))
        for digit, one in zip(_DIGITS, found["attributes"], strict=False):
            doubtful = one["unsure"] >= _UNSURE
            line = Text(f"  {digit}  {one['label']:<11}")
            line.append(one["shown"], style="bold yellow" if doubtful else "bold")
            line.append(f"  {one['how_shown']} {one['words']}{'  ?' if doubtful else ''}", style="dim")
            others = ", ".join(f"{other['name']} (“{other['words']}”)" for other in one["others"])
            if others:
                line.append(f"  {self._words('others')}: {others}", style="cyan")
            out.print(line)
        for check in found["checks"]:
            out.print(Text(f"  {check['shown']}: {check['message']}", style="red"))
        for one in found["decisions"]:
            out.print(Text(f"  {one['attribute']} → {one['value']}, {one['by']} {one['at']}", style="green"))
        out.print(Text(f"  {_KEYS}", style="dim"))

    def _key(self) -> str:
        """One key, or a line of it where nobody types."""
        if not sys.stdin.isatty():
            return self._line("")[:1].lower() or "s"
        import click

        key = click.getchar().lower()
        if key in ("q", "\x03", "\x04", "\x1b"):
            raise _QuitError
        return key

    def _line(self, question: str) -> str:
        """A line.

        Raises:
            _QuitError: there is no more.
        """
        print(question, end="", flush=True)
        said = sys.stdin.readline()
        if not said or said.strip() == "q":
            raise _QuitError
        return said.strip()
