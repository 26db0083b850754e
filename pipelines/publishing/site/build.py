"""Builds the site from the snapshot and the archive: only the files whose data changed, under a lock of its own."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.catalog.bilingual import LANGUAGES
from pipelines.catalog.load import FOLDER as CATALOG
from pipelines.collector import collector_seldom
from pipelines.errors import FupinError, SnapshotMissingError
from pipelines.publishing.site.data import Data, read_data
from pipelines.publishing.site.money import Money
from pipelines.publishing.site.output import RECORD, Output, fingerprint
from pipelines.publishing.site.pages.failures import failure_file, failures
from pipelines.publishing.site.pages.files import all_files, indicator_tables, region_files
from pipelines.publishing.site.pages.find import find_pages
from pipelines.publishing.site.pages.indicators import indicator_scripts, indicators
from pipelines.publishing.site.pages.maps import maps
from pipelines.publishing.site.pages.overview import overview
from pipelines.publishing.site.pages.reference import reference
from pipelines.publishing.site.pages.regions import region_pages
from pipelines.publishing.site.pages.reports import report_pages
from pipelines.publishing.site.render import FOLDER
from pipelines.publishing.site.report_data import fields_script
from pipelines.publishing.site.site import Site
from pipelines.publishing.snapshot import open_snapshot
from pipelines.reading.document import Document
from pipelines.settings import Settings

_LOCK_SECONDS = 120
# files of the catalogue whose texts stand on pages; names of what the warehouse has as dimensions come from there
_TOLD = ("columns", "currencies", "indicators", "reasons", "rules", "sentences", "units")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        index: the first page.
        written: files that were made anew.
        kept: files that were left as they were.
        removed: files that were taken away.
    """

    index: Path
    written: int
    kept: int
    removed: int


def build_site(
    settings: Settings, documents: Mapping[str, Document] | None = None, today: datetime.date | None = None
) -> Built:
    """Brings the site up to date with the snapshot.

    Args:
        settings: where the snapshot, the archive and the site are.
        documents: content hash → a document that has just been read, as it may be shown, so that it is not read again.
        today: the day that decides what is overdue; by default this one.

    Returns:
        The first page, and what was done.

    Raises:
        SnapshotMissingError: nothing has been published yet.
        CatalogError: the texts of the interface are malformed.
        FupinError: the snapshot cannot be read, or the site cannot be written.
    """
    at_hand = dict(documents or {})
    if not settings.snapshot.exists():
        raise SnapshotMissingError(f"{settings.snapshot}: nothing published yet; run `fupin run` first")
    with collector_seldom(), _turn(settings), open_snapshot(settings, sparing=True) as connection:
        data = read_data(connection, settings, today or datetime.date.today())
        output = Output(settings.site, fingerprint(_sources(), _shared(data)))
        _static_files(output)
        sites = [Site(data, output, language) for language in LANGUAGES]
        indicator_tables(connection, data, output)
        indicator_scripts(connection, data, output)
        for site in sites:
            overview(site)
            failure_file(site)
            maps(site)
        indicators(sites)
        money = Money(connection)
        region_pages(sites, money)
        region_files(connection, data, output, money)
        find_pages(sites)
        failures(connection, sites)
        report_pages(connection, settings, sites, at_hand.get)
        reference(connection, settings, sites, all_files(connection, data, output))
        output.finish()
    return Built(settings.site / "index.html", len(output.written), output.kept, output.removed)


def refresh_site(settings: Settings, documents: Mapping[str, Document] | None = None) -> Built | str:
    """Brings the site up to date after a snapshot was published, which stays whatever becomes of the page.

    Args:
        settings: as for `build_site`.
        documents: as for `build_site`.

    Returns:
        What was done, or in one line why the page still shows an earlier state.
    """
    try:
        return build_site(settings, documents)
    except FupinError as error:
        return f"the page was not brought up to date: {error}"
    except Exception as error:  # a page that cannot be drawn must not undo a load
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return f"the page was not brought up to date: {cause}; `fupin site` shows where"


def is_behind(settings: Settings) -> bool:
    """Whether the snapshot was published after the pages were last drawn."""
    if not settings.snapshot.exists():
        return False
    record = settings.site / RECORD
    return not record.is_file() or settings.snapshot.stat().st_mtime_ns > record.stat().st_mtime_ns


@contextmanager
def _turn(settings: Settings) -> Iterator[None]:
    """Lets one process at a time build, so that the site is always of one snapshot."""
    from filelock import FileLock, Timeout

    lock = FileLock(settings.site.with_suffix(".lock"))
    try:
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout as error:
        raise FupinError(f"{settings.site}: another process is building the page") from error
    except OSError as error:
        raise FupinError(f"{settings.site.parent}: cannot be written: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()


@lru_cache(maxsize=1)
def _sources() -> str:
    """A hash of what makes the pages beside the data: this package, and the texts of the catalogue."""
    digest = hashlib.sha256()
    own = [path for path in FOLDER.rglob("*") if path.suffix in (".py", ".html", ".yml", ".css", ".js")]
    for path in sorted([*own, *(CATALOG / f"{name}.yml" for name in _TOLD)]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _shared(data: Data) -> object:
    """What all pages show: names of the dimensions and texts of the rules."""
    return data.names, data.rules


def _static_files(output: Output) -> None:
    output.add("static/fields.js", "", fields_script)
    for path in sorted((FOLDER / "static").iterdir()):
        output.add(f"static/{path.name}", "", lambda source=path: source.read_text(encoding="utf-8"))  # type: ignore[misc]
