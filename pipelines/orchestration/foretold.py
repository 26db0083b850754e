"""What the present reader would change of what another one has read, told by the first run after an upgrade.

It is tried on a copy once, and kept in the home until the reader or the reports are others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.catalog.entry_files import replace_text
from pipelines.orchestration.rehearsal import rehearse
from pipelines.orchestration.work import BATCH
from pipelines.settings import Settings
from pipelines.warehouse.readings import reader_version
from pipelines.warehouse.rebuild import Content

# lines of each kind that a run tells; `fupin rerun --all --dry-run` tells all
_LINES = 10


@dataclass(frozen=True, slots=True)
class Foretold:
    """What would change.

    Attributes:
        reader: the version of the reader and the catalogue that were tried.
        contents: report id and content hash of all that another one has read.
        tried: how many of them were read again: so many that a run can wait for it.
        changed: those of which something else is read.
        counts: figures, values of indicators, and reports that cannot be read, as they are called → how many of them.
        lines: the same → the first of them, with old and new.
    """

    reader: str
    contents: list[list[str]]
    tried: int
    changed: int
    counts: dict[str, int]
    lines: dict[str, list[str]]


def foretold(settings: Settings, contents: Sequence[Content]) -> Foretold:
    """What is kept of these contents; where that is of others or of another reader, it is tried.

    Raises:
        FupinError: as `rehearse`, or the disk refuses it.
    """
    if (kept := known(settings, contents)) is not None:
        return kept
    tried = contents[:BATCH]
    found = rehearse(settings, tried)
    lost = [f"{report}: {cause}" for report, cause in sorted(found.reread.lost.items())]
    told = {"figures": found.figures, "values of indicators": found.indicators, "reports that cannot be read": lost}
    result = Foretold(
        reader_version(),
        sorted(map(list, contents)),
        len(tried),
        len(found.reread.changed),
        {name: len(lines) for name, lines in told.items() if lines},
        {name: lines[:_LINES] for name, lines in told.items() if lines},
    )
    replace_text(_place(settings), json.dumps(asdict(result), ensure_ascii=False, indent=1))
    return result


def known(settings: Settings, contents: Sequence[Content]) -> Foretold | None:
    """The same without trying it: None where nothing is kept of these contents and the present reader."""
    try:
        kept = Foretold(**json.loads(_place(settings).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return kept if (kept.reader, kept.contents) == (reader_version(), sorted(map(list, contents))) else None


def lines_of(told: Foretold) -> list[str]:
    """What is told of it, in a bounded number of lines."""
    found = [f"on a copy, the present reader changes {told.changed} of them"]
    if told.tried < len(told.contents):
        found = [f"on a copy, the present reader changes {told.changed} of the first {told.tried} of them"]
    for name, lines in told.lines.items():
        count = told.counts[name]
        found.append(f"{name}: {count}")
        found += [f"  {line}" for line in lines]
        if count > len(lines):
            found.append(f"  and {count - len(lines)} more")
    return found


def _place(settings: Settings) -> Path:
    return settings.home / "foretold.json"
