"""Failures by root cause: what belongs together, the corrections that would mend it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.catalog.sentences import retold
from pipelines.errors import FupinError
from pipelines.publishing.failures import in_language, open_failures
from pipelines.publishing.site.messages import Words
from pipelines.review.causes import Handled
from pipelines.review.files import initials

if TYPE_CHECKING:
    import duckdb

# what a list of failures has behind its own columns
HANDLED = ("handled", "handled_by", "handled_at")
# the corrections of figures that the failing checks of a report point to, or that would mend them; all but one report
# are left out where a number names a version, which stands in the text: with a parameter DuckDB would load pandas
_PROPOSALS = """
SELECT f.failure_id, k.correction_id, k.status, g.printed_text, k.proposed_value, g.unit_code, k.reason, g.figure_id,
    k.said
FROM quality.failure AS f
JOIN core.fact_check AS c USING (check_key)
JOIN core.correction AS k ON k.report_version_key = c.report_version_key
    AND (list_contains(c.suspect_figure_keys, k.figure_key) OR list_contains(k.supporting_check_keys, c.check_key))
JOIN core.fact_figure AS g ON g.figure_key = k.figure_key
WHERE {chosen}
ORDER BY ALL
"""


class Proposal(NamedTuple):
    """A correction that would settle a failure, or has settled it."""

    correction_id: str
    status: str
    text: str
    value: Decimal
    unit: str
    reason: str
    figure_id: int
    said: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Failures of one report that share a root cause; one without any stands for itself.

    Attributes:
        report: its id.
        root_cause: such as `RC1`; empty where nothing is shared.
        state: open or resolved.
        failures: rows as `open_failures` gives them, the gravest first.
        proposals: what would mend them, each once.
        handled: what became of it; None where nobody has decided anything.
    """

    report: str
    root_cause: str
    state: str
    failures: Sequence[dict[str, Any]]
    proposals: Sequence[Proposal] = ()
    handled: Handled | None = None

    def told(self, language: str) -> Cause:
        """The same in another language."""
        return replace(
            self,
            failures=[in_language(one, language) for one in self.failures],
            proposals=[one._replace(reason=retold(one.said, "reason", one.reason, language)) for one in self.proposals],
        )

    @property
    def name(self) -> str:
        """The id of its first failure, which names the cause."""
        name: str = self.failures[0]["id"]
        return name

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its failures."""
        return tuple(one["id"] for one in self.failures)

    @property
    def undecided(self) -> list[Proposal]:
        """The proposals about figures of which nobody has accepted another value."""
        settled = {one.figure_id for one in self.proposals if one.status == "accepted"}
        return [one for one in self.proposals if one.status == "proposed" and one.figure_id not in settled]

    @property
    def advice(self) -> list[dict[str, Any]]:
        """Of its failures those that say what to do, each once; none where a correction says it."""
        found: dict[str, dict[str, Any]] = {}
        for one in self.failures if not self.proposals else ():
            found.setdefault(one["suggestion"], one)
        return [one for suggestion, one in found.items() if suggestion]


def causes(
    failures: Iterable[dict[str, Any]],
    proposals: Mapping[str, Sequence[Proposal]] | None = None,
    handled: Mapping[str, Handled] | None = None,
) -> list[Cause]:
    """Failures by their causes, in the order of the list.

    Args:
        failures: rows as `open_failures` gives them, in its order.
        proposals: failure id → what would mend it.
        handled: failure id → what became of it.
    """
    groups: list[list[dict[str, Any]]] = []
    for failure in failures:
        same = groups and all(groups[-1][0][name] == failure[name] for name in ("state", "report", "root_cause"))
        if same and failure["root_cause"]:
            groups[-1].append(failure)
        else:
            groups.append([failure])
    found = []
    for members in groups:
        own = dict.fromkeys(one for member in members for one in (proposals or {}).get(member["id"], ()))
        decided = (one for member in members if (one := (handled or {}).get(member["id"])) is not None)
        first = members[0]
        found.append(
            Cause(
                first["report"],
                first["root_cause"] or "",
                first["state"],
                members,
                tuple(own),
                max(decided, key=lambda one: one.at, default=None),
            )
        )
    return found


def became(handled: Handled, words: Words) -> str:
    """What was said about a root cause, by whom, as initials, on which day, and why."""
    state, day = words.of("handled", handled.state), f"{handled.at:%Y-%m-%d}"
    told = words("failures.handled", state=state, by=initials(handled.by), day=day)
    return told + (words("failures.handled_why", reason=handled.reason) if handled.reason else "")


def handled_columns(failure: dict[str, Any], handled: Mapping[str, Handled]) -> tuple[str, str, str]:
    """What became of a failure, who decided it, as initials, and on which day; empty where nobody did."""
    one = handled.get(failure["id"])
    return ("", "", "") if one is None else (one.state, initials(one.by), f"{one.at:%Y-%m-%d}")


def proposals_of(connection: duckdb.DuckDBPyConnection, version: int | None = None) -> dict[str, list[Proposal]]:
    """Failure id → the corrections that bear on it.

    Args:
        connection: to the snapshot.
        version: key of a report version; None for all.
    """
    chosen = "TRUE" if version is None else f"c.report_version_key = {int(version)}"
    found: dict[str, list[Proposal]] = {}
    for failure_id, *proposal in connection.execute(_PROPOSALS.format(chosen=chosen)).fetchall():
        found.setdefault(failure_id, []).append(Proposal(*proposal))
    return found


def cause_of(connection: duckdb.DuckDBPyConnection, failure_id: str, handled: Mapping[str, Handled]) -> Cause:
    """The open or resolved cause that a failure belongs to.

    Args:
        connection: to the snapshot.
        failure_id: its short name, in any case, with or without `F-`.
        handled: failure id → what became of it.

    Raises:
        FupinError: there is no such failure.
    """
    wanted = f"F-{failure_id.strip().lower().removeprefix('f-')}"
    row = connection.execute("SELECT report_id FROM quality.failure WHERE failure_id = ?", [wanted]).fetchone()
    if row is None:
        raise FupinError(f"{failure_id}: no such failure; `fupin failures --all` lists them with their ids")
    of_report = open_failures(connection, report=row[0], resolved_too=True)
    return next(one for one in causes(of_report, proposals_of(connection), handled) if wanted in one.ids)
