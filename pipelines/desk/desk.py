"""The desk itself: reads reports as they were loaded, puts their figures in order, and keeps what is decided."""

from __future__ import annotations

import datetime
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from threading import RLock
from typing import NamedTuple

from pipelines.errors import FupinError
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import Meaning
from pipelines.orchestration.kept import kept_readings
from pipelines.publishing.decided import decided_otherwise
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.decided import with_decisions
from pipelines.review.doubts import Doubt, doubts
from pipelines.review.edit import about, assert_seen, decide, restore, state
from pipelines.review.files import READING, RIGHT, Parent, Place, Review, ReviewFile, read_reviews
from pipelines.review.places import place_of
from pipelines.review.readings import readings
from pipelines.settings import Settings
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.literals import texts

# so many reports are kept in memory
_KEPT = 64
_USES = """
SELECT f.figure_id, count(DISTINCT (l.indicator, l.region_code, l.period_code, l.member_code))
FROM indicator.lineage AS l
JOIN core.fact_figure AS f USING (figure_key)
JOIN core.dim_report AS r USING (report_version_key)
WHERE r.is_current AND r.report_id = $report
GROUP BY f.figure_id
"""
_REPORTS = "SELECT report_id, content_hash FROM core.dim_report WHERE is_current ORDER BY report_id"
# the rank of `doubts`, from what the load has kept
_QUEUE = """
WITH used AS (
    SELECT figure_key, count(DISTINCT (indicator, region_code, period_code, member_code)) AS uses
    FROM indicator.lineage GROUP BY figure_key
), figure AS (
    SELECT r.report_id, f.figure_id, f.figure_key, f.unsure, log10(1 + abs(f.value)::DOUBLE) AS size,
        max(log10(1 + abs(f.value)::DOUBLE)) OVER (PARTITION BY f.report_version_key, f.unit_code) AS largest
    FROM core.fact_figure AS f
    JOIN core.dim_report AS r USING (report_version_key)
    WHERE r.is_current
)
SELECT f.report_id, f.figure_id,
    f.unsure * (1 + log2(1 + coalesce(u.uses, 0)) + coalesce(f.size / nullif(f.largest, 0), 0)) AS rank
FROM figure AS f
LEFT JOIN used AS u USING (figure_key)
LEFT JOIN core.fact_review AS v USING (figure_key)
WHERE (v.figure_key IS NULL OR {everything}) AND f.report_id NOT IN ({others})
"""


class Item(NamedTuple):
    """One figure in the queue, and how much it is worth a look."""

    report: str
    figure_id: int
    rank: float


class Queue(NamedTuple):
    """The first figures of the queue, and how many there are in all."""

    items: list[Item]
    left: int


class Taken(NamedTuple):
    """A decision that was taken in this session, so that it can be taken back.

    Attributes:
        by: who took it.
        report: its report.
        figure_id: the figure.
        take_back: makes the files what they were before.
        is_whole: whether it was about the reading as a whole.
    """

    by: str
    report: str
    figure_id: int
    take_back: Callable[[], object]
    is_whole: bool


@dataclass(frozen=True)
class Opened:
    """A report at the desk.

    Attributes:
        report: its id.
        read: the version as it is read without decisions.
        file: the decisions about it.
        uses: figure_id → how many values of indicators rest on it.
    """

    report: str
    read: ReportVersion
    file: ReviewFile | None
    uses: Mapping[int, int]

    @cached_property
    def version(self) -> ReportVersion:
        """As it is read with the decisions."""
        return with_decisions(self.read, self.file)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What is most worth a look first."""
        return doubts(self.version, self.uses)

    @cached_property
    def figures(self) -> dict[int, tuple[Figure, Meaning]]:
        """Figure_id → figure and meaning, as decided."""
        version = self.version
        return {f.figure_id: (f, m) for f, m in zip(version.reading.figures, version.meanings, strict=True)}

    def followers(self, figure_id: int) -> int:
        """How many figures read otherwise hang on this one, directly or on each other, since it was decided."""
        found, waiting = set[int](), [figure_id]
        while waiting:
            more = set(self._changed_below.get(waiting.pop(), ())) - found
            found |= more
            waiting += more
        return len(found)

    @cached_property
    def _changed_below(self) -> dict[int, list[int]]:
        """Figure_id → the figures that hang on it and are read otherwise than without decisions."""
        as_read = {one.figure_id: one for one in self.read.meanings}
        found: dict[int, list[int]] = defaultdict(list)
        for own, (figure, meaning) in self.figures.items():
            if figure.parent is not None and meaning != as_read[own]:
                found[figure.parent].append(own)
        return found

    @cached_property
    def _by_section(self) -> dict[str, list[Figure]]:
        """The figures as read, by section: a place is looked for in its own."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.read.reading.figures:
            found[figure.locator.section].append(figure)
        return found

    def as_read(self, figure_id: int) -> Figure:
        """A figure as the reader reads it.

        Raises:
            FupinError: there is none.
        """
        found = next((one for one in self.read.reading.figures if one.figure_id == figure_id), None)
        if found is None:
            raise FupinError(f"{self.report}: has no figure {figure_id}")
        return found

    def place(self, figure_id: int) -> Place:
        """Where a figure stands."""
        figure = self.as_read(figure_id)
        return place_of(figure, self._by_section[figure.locator.section], self.read.document.text)

    def decided(self, figure_id: int) -> list[Review]:
        """The decisions about a figure."""
        if self.file is None or not self.file.reviews:
            return []
        return about(self.file, self.place(figure_id))


class Desk:
    """What both faces of the desk share; several threads may use it.

    Args:
        settings: where the snapshot, the archive and the decisions are.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._undecided = settings.model_copy(update={"decisions": settings.home / "no decisions"})
        self._opened: OrderedDict[str, tuple[str, ReportVersion, dict[int, int]]] = OrderedDict()
        self._made: dict[str, Opened] = {}
        self._lock = RLock()
        self.taken: list[Taken] = []

    def reports(self) -> list[tuple[str, str]]:
        """Report id and content hash of the versions that count, by id.

        Raises:
            FupinError: nothing has been published yet.
        """
        with open_snapshot(self.settings) as connection:
            return connection.execute(_REPORTS).fetchall()

    def open(self, report: str, content: str | None = None) -> Opened:
        """A report as it counts now, with the decisions about it.

        Raises:
            FupinError: no such report is loaded, or the archive has not kept it.
            CatalogError: a file of decisions is malformed.
        """
        with self._lock:
            content = content or next((hash_ for name, hash_ in self.reports() if name == report), None)
            if content is None:
                raise FupinError(f"{report}: no such report is loaded; name it by its path below raw/")
            known = self._opened.get(report)
            if known is None or known[0] != content:
                self._read([(report, content)])
                known = self._opened[report]
            self._opened.move_to_end(report)
            file = read_reviews(self.settings.decisions).get(report)
            made = self._made.get(report)
            if made is None or made.read is not known[1] or made.file != file:
                made = self._made[report] = Opened(report, known[1], file, known[2])
            return made

    def queue(self, report: str | None, limit: int | None, *, everything: bool = False) -> Queue:
        """The figures that are most worth a look, first first.

        What was decided since the last load is read anew; of all other reports the load has kept the order.

        Args:
            report: only of this one.
            limit: at most so many; None for all.
            everything: also those that somebody has looked at.
        """
        with self._lock:
            if report is not None:
                return _first(self._own(self.open(report), everything=everything), limit)
            decided = decided_otherwise(self.settings)
            self._read([one for one in decided if self._opened.get(one[0], ("",))[0] != one[1]])
            items = [item for one in decided for item in self._own(self.open(*one), everything=everything)]
            names = [name for name, _ in decided]
            with open_snapshot(self.settings) as connection:
                query = _QUEUE.format(everything=everything, others=texts(names))
                [(kept,)] = connection.execute(f"SELECT count(*) FROM ({query})").fetchall()
                most = "" if limit is None else f" LIMIT {int(limit)}"
                rows = connection.execute(f"{query} ORDER BY rank DESC, report_id, figure_id{most}").fetchall()
        first = _first([*items, *map(Item._make, rows)], limit)
        return Queue(first.items, len(items) + kept)

    def _own(self, opened: Opened, *, everything: bool) -> list[Item]:
        seen = set() if everything else {one.figure_id for one in opened.version.reviewed}
        return [Item(opened.report, one.figure_id, one.rank) for one in opened.doubts if one.figure_id not in seen]

    def decide(
        self,
        report: str,
        figure_id: int,
        changes: Mapping[str, str | Parent],
        by: str,
        reason: str = "",
        seen: str | None = None,
    ) -> Taken:
        """Takes a decision about a figure and keeps it.

        Args:
            report: its report.
            figure_id: the figure.
            changes: attribute → what is to be read; `reading` → `right`, or the class of what is no figure.
            by: who decides.
            reason: in one sentence.
            seen: `state` of the decisions that were shown; None overrules whatever stands.

        Raises:
            OtherDecidedError: somebody else has decided about the figure since.
            FupinError: it cannot be decided so, or not be written; nothing was.
        """
        with self._lock:
            opened = self.open(report)
            place, before = opened.place(figure_id), tuple(opened.decided(figure_id))
            if seen is not None:
                assert_seen(before, seen)
            at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
            reviews = [
                self._review(opened, figure_id, place, attribute, value, by=by, reason=reason, at=at)
                for attribute, value in changes.items()
            ]
            file = decide(self.settings.decisions, report, reviews, seen)
            back = partial(restore, self.settings.decisions, report, place, before, state(about(file, place)))
            taken = Taken(by, report, figure_id, back, READING in changes)
            self.taken.append(taken)
            return taken

    def undo(self, by: str) -> Taken | None:
        """Takes the last decision of this session back that a person took; None where there is none.

        Raises:
            OtherDecidedError: somebody else has decided about the figure since.
        """
        with self._lock:
            own = next((one for one in reversed(self.taken) if one.by == by), None)
            if own is not None:
                own.take_back()
                self.taken.remove(own)
            return own

    def parent(self, report: str, link: str, figure_id: int) -> Parent:
        """What makes a figure the parent of another."""
        return Parent(link=link, figure=self.open(report).place(figure_id))

    def _review(
        self,
        opened: Opened,
        figure_id: int,
        place: Place,
        attribute: str,
        value: str | Parent,
        *,
        by: str,
        reason: str,
        at: datetime.datetime,
    ) -> Review:
        version = opened.version if attribute == READING and value == RIGHT else opened.read
        by_id = {figure.figure_id: figure for figure in version.reading.figures}
        meaning = next((one for one in version.meanings if one.figure_id == figure_id), None)
        if meaning is None:
            raise FupinError("this number is decided to be no figure; take that back first")
        now = readings(by_id[figure_id], meaning, by_id)
        expected: object = now if attribute == READING and value == RIGHT else now.get(attribute, "figure")  # type: ignore[call-overload]
        return Review.model_validate(
            {
                "match": place,
                "attribute": attribute,
                "expected": expected,
                "value": value,
                "reason": reason,
                "by": by,
                "at": at,
            }
        )

    def _read(self, contents: Sequence[tuple[str, str]]) -> None:
        """Reads reports from the archive, without decisions, which are applied when they are shown.

        Raises:
            FupinError: one cannot be read any more.
        """
        if not contents:
            return
        for (report, content), found in kept_readings(self._undecided, contents).items():
            if isinstance(found, str):
                raise FupinError(f"{report}: {found}")
            with open_snapshot(self.settings) as connection:
                uses = dict(connection.execute(_USES, {"report": report}).fetchall())
            self._opened[report] = content, found, uses
        while len(self._opened) > _KEPT:
            gone, _ = self._opened.popitem(last=False)
            self._made.pop(gone, None)


def _first(items: list[Item], limit: int | None) -> Queue:
    ordered = sorted(items, key=lambda item: (-item.rank, item.report, item.figure_id))
    return Queue(ordered if limit is None else ordered[:limit], len(items))
