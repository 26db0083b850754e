"""The desk in the terminal: one figure after another, decided by single keys."""

from __future__ import annotations

from typing import Any, get_args

from rich.cells import set_cell_size
from rich.text import Text

from pipelines.desk.cards import card, classes, parents
from pipelines.desk.choices import choices
from pipelines.desk.desk import Desk
from pipelines.desk.keyboard import Keyboard, QuitError
from pipelines.desk.misprints import correct
from pipelines.desk.terminal_causes import CauseTerminal
from pipelines.errors import FupinError
from pipelines.figures.figure import LinkKind
from pipelines.review.files import ATTRIBUTES, NONE, READING, RIGHT, Parent

_DIGITS = "1234567890"
# how often a choice can be misspelt before the figure is shown again
_TRIES = 3


class Terminal:
    """A person at the terminal.

    Args:
        desk: the desk.
        by: who decides.
        keyboard: of the person.
    """

    def __init__(self, desk: Desk, by: str, keyboard: Keyboard) -> None:
        self._desk, self._by, self._keyboard = desk, by, keyboard
        self._words, self._console = keyboard.words, keyboard.console
        self._said = 0

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
        except QuitError:
            pass
        done = len(self._desk.taken)
        print(self._words("done", count=done, folder=self._desk.settings.decisions))
        return done + self._said

    def _step(self, report: str, figure: int, at: int, of: int) -> int:
        """Shows a figure and does what a key says; by how many figures to go on."""
        found = card(self._desk, self._desk.open(report), figure, self._words)
        self._show(found, at, of)
        key = self._keyboard.key()
        try:
            if key == "u":
                return self._undo()
            if key == "s":
                return 1
            if key == "c":
                self._said += CauseTerminal(self._desk, self._by, self._keyboard).run(report)
                return 0
            if key in ("a", "r"):
                self._decide(found, READING, RIGHT if key == "a" else "unread")
                return 1
            if key == "n":
                code = self._keyboard.choose([(one["code"], one["name"]) for one in classes(self._words)])
                if code is not None:
                    self._decide(found, READING, code)
                return 0 if code is None else 1
            if key == "m":
                self._misprint(found)
            elif key in _DIGITS:
                self._change(found, ATTRIBUTES[_DIGITS.index(key)])
        except FupinError as error:
            self._keyboard.complain(error)
        return 0

    def _undo(self) -> int:
        taken = self._desk.undo(self._by)
        print(self._words("undone" if taken else "nothing_to_undo"))
        return -1 if taken is not None and taken.is_whole else 0

    def _decide(self, found: dict[str, Any], attribute: str, value: str | Parent) -> None:
        self._desk.decide(found["report"], found["figure"], {attribute: value}, self._by, "", found["seen"])

    def _misprint(self, found: dict[str, Any]) -> None:
        offered = [(one["value"], one["shown"]) for one in found["meant"] if one["status"] == "proposed"]
        value = self._keyboard.choose(offered) if offered else None
        if value is None:
            unit = self._words.name("unit", _attribute(found, "unit")["code"])
            value = self._keyboard.line(f"{self._words('misprint_what')} {self._words('search_value', unit=unit)}:")
        if value:
            correct(self._desk, found["report"], found["figure"], value, by=self._by, reason="")
            print(self._words("saved", what=f"{found['printed']} → {value}"))

    def _change(self, found: dict[str, Any], attribute: str) -> None:
        if attribute == "parent":
            near = parents(self._desk.open(found["report"]), found["figure"], self._words)
            code = self._keyboard.choose([(NONE, self._words(NONE)), *((one["code"], one["name"]) for one in near)])
            if code == NONE:
                self._decide(found, attribute, NONE)
            elif code is not None:
                link = self._keyboard.choose([(one, self._words.of("link", one)) for one in get_args(LinkKind)])
                if link is not None:
                    self._decide(found, attribute, self._desk.parent(found["report"], link, int(code)))
            return
        for _ in range(_TRIES):
            wanted = self._keyboard.line(self._words("wanted", label=self._words(f"attribute.{attribute}")))
            if not wanted:
                return
            fit = choices(attribute, wanted, self._words)
            code = fit[0].code if len(fit) == 1 else self._keyboard.choose([(one.code, one.name) for one in fit])
            if code is not None:
                self._decide(found, attribute, code)
                return

    def _show(self, found: dict[str, Any], at: int, of: int) -> None:
        out = self._console
        out.print()
        out.rule(
            Text(f"{self._words('place', at=at + 1, of=of)}  {found['report']}  {found['place'] or found['section']}")
        )
        before, own, after = found["sentence"]
        out.print(Text.assemble(before, (own, "bold reverse"), after))
        for digit, one in zip(_DIGITS, found["attributes"], strict=False):
            doubtful = bool(one["against"])
            line = Text(f"  {digit}  {set_cell_size(one['label'], 11)}")
            line.append(one["shown"], style="bold yellow" if doubtful else "bold")
            line.append(f"  {one['how_shown']} {one['words']}", style="dim")
            if doubtful:
                line.append(f"  {one['against']}", style="yellow")
            others = ", ".join(f"{other['name']} (“{other['words']}”)" for other in one["others"])
            if others:
                line.append(f"  {self._words('others')}: {others}", style="cyan")
            out.print(line)
        for check in found["checks"]:
            out.print(Text(f"  {check['shown']}: {check['message']}", style="red"))
        for one in found["meant"]:
            out.print(Text(f"  m  {one['shown']}, {one['told']}", style="cyan"))
        for one in found["decisions"]:
            out.print(Text(f"  {one['attribute']} → {one['value']}, {one['by']} {one['at']}", style="green"))
        out.print(Text(f"  {self._words('keys_figures')}", style="dim"))


def _attribute(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["attributes"] if one["name"] == name)
