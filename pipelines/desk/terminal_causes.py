"""Root causes in the terminal: one after another, with what would mend it and a letter, decided by single keys."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from pipelines.desk.causes import cause_cards, decide_cause
from pipelines.desk.desk import Desk
from pipelines.desk.keyboard import Keyboard, QuitError
from pipelines.errors import FupinError
from pipelines.review.causes import HandledState

_STATES: dict[str, HandledState] = {"w": "accepted", "r": "rejected", "p": "asked"}


class CauseTerminal:
    """A person who goes through root causes at the terminal.

    Args:
        desk: the desk.
        by: who decides.
        keyboard: of the person.
    """

    def __init__(self, desk: Desk, by: str, keyboard: Keyboard) -> None:
        self._desk, self._by, self._keyboard = desk, by, keyboard
        self._words = keyboard.words

    def run(self, report: str | None, *, everything: bool = False) -> int:
        """Shows open root causes until there are no more, or until the person quits; how often something was said.

        Args:
            report: its id; None for all.
            everything: also those about which somebody has said something.

        Raises:
            FupinError: there is no snapshot, or a file of decisions is malformed.
        """
        shown = [one for one in self._cards(report) if everything or not one["became"]]
        if not shown:
            print(self._words("causes_none"))
            return 0
        said = at = 0
        try:
            while at < len(shown):
                self._show(shown[at], at, len(shown))
                key = self._keyboard.key()
                if key in _STATES:
                    kept = self._decide(shown[at], _STATES[key])
                    # who was too late sees what somebody else has said
                    shown[at] = self._anew(shown[at])
                    said, at = said + kept, at + kept
                elif key == "u":
                    at = at if shown[at]["became"] else max(at - 1, 0)
                    said += bool(shown[at]["became"]) and self._decide(shown[at], None)
                    shown[at] = self._anew(shown[at])
                elif key == "l":
                    self._keyboard.console.print(Text(shown[at]["letter"]))
                elif key == "s":
                    at += 1
        except QuitError:
            pass
        print(self._words("causes_done", count=said, folder=self._desk.settings.decisions / "causes"))
        return said

    def _cards(self, report: str | None) -> list[dict[str, Any]]:
        return cause_cards(self._desk, report, self._words)

    def _anew(self, card: dict[str, Any]) -> dict[str, Any]:
        return next((one for one in self._cards(card["report"]) if one["name"] == card["name"]), card)

    def _decide(self, card: dict[str, Any], state: HandledState | None) -> bool:
        """Keeps what was said; whether it was."""
        reason = self._keyboard.line(self._words("reason_line")) if state is not None else ""
        try:
            decide_cause(self._desk, card["name"], state, self._by, reason, card["seen"])
        except FupinError as error:
            self._keyboard.complain(error)
            return False
        what = " · ".join((card["report"], card["cause"] or card["name"], self._words(f"cause.{state or 'open'}")))
        self._keyboard.console.print(self._words("saved", what=what), style="green", markup=False)
        return True

    def _show(self, card: dict[str, Any], at: int, of: int) -> None:
        out, words = self._keyboard.console, self._words
        out.print()
        named = f"{card['severity']}  {card['report']}  {card['cause'] or card['name']}"
        out.rule(Text(f"{words('place', at=at + 1, of=of)}  {named}"))
        before, suspect, after = card["sentence"]
        if before or suspect:
            out.print(Text.assemble(before, (suspect, "bold reverse"), after))
        for found in card["findings"]:
            out.print(Text(f"  {found['text']}  {found['id']}", style="red"))
            if found["formula"]:
                out.print(Text(f"    {found['formula']}", style="dim"))
        for mend in card["mends"]:
            out.print(Text(f"  → {mend}", style="cyan"))
        if card["became"]:
            out.print(Text(f"  {card['became']}", style="green"))
        out.print(Text(f"  {words('keys_causes')}", style="dim"))
