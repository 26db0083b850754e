"""Writes decisions into the file of their report, whole and by rename, and tells the later of two people who decide."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipelines.catalog.entry_files import dump, edited, new_path, new_text, replace_text
from pipelines.errors import CatalogError, FupinError
from pipelines.review.files import Place, Review, ReviewFile, parse_reviews, read_reviews

_HEAD = "# Decisions about what is read of this report; docs/review.md explains the format.\n"
_LOCK_SECONDS = 10


class OtherDecidedError(FupinError):
    """Somebody else has decided about the same number since it was shown; nothing was written."""


def decide(folder: Path, report: str, reviews: Sequence[Review], seen: str | None = None) -> ReviewFile:
    """Adds decisions about one number; one about the same attribute takes the place of the earlier one.

    Args:
        folder: of the decisions; it is made where there is none.
        report: the report's id.
        reviews: all of them about one place.
        seen: `state` of the decisions about this place that the person knew of; None overrules whatever stands.

    Returns:
        The file as it is now.

    Raises:
        OtherDecidedError: there are others about this place than those seen; names who made them.
        CatalogError: the file is malformed, or laid out in a way that cannot be edited line by line.
        FupinError: the disk refuses it; the file is as it was.
    """
    with turn(folder):
        file = read_reviews(folder).get(report)
        if seen is not None:
            assert_seen(about(file, reviews[0].match), seen)
        for review in reviews:
            file = _with(folder, file, report, review)
        assert file is not None
        replace_text(file.path, file.text)
    return file


def restore(folder: Path, report: str, place: Place, wanted: Sequence[Review], seen: str) -> ReviewFile | None:
    """Makes the decisions about one number those that they were before; arguments and errors as for `decide`."""
    with turn(folder):
        file = read_reviews(folder).get(report)
        assert_seen(about(file, place), seen)
        for review in about(file, place):
            if review not in wanted and file is not None:
                file = _without(file, review)
        for review in wanted:
            if file is None or review not in file.reviews:
                file = _with(folder, file, report, review)
        if file is not None:
            replace_text(file.path, file.text)
    return file


def undo(folder: Path, report: str, reviews: Collection[Review]) -> ReviewFile | None:
    """Takes decisions out of their file again; those that are not there any more are passed over.

    Returns:
        The file as it is now; None where the report has none.

    Raises:
        CatalogError: the file is malformed, or laid out in a way that cannot be edited line by line.
        FupinError: the disk refuses it; the file is as it was.
    """
    with turn(folder):
        file = read_reviews(folder).get(report)
        for review in reviews:
            if file is not None and review in file.reviews:
                file = _without(file, review)
        if file is not None:
            replace_text(file.path, file.text)
    return file


def about(file: ReviewFile | None, place: Place) -> list[Review]:
    """The decisions about one place."""
    return [review for review in file.reviews if review.match == place] if file is not None else []


def state(reviews: Sequence[Review]) -> str:
    """What tells these decisions from any others."""
    text = "\n".join(sorted(review.model_dump_json() for review in reviews))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def assert_seen(there: Sequence[Review], seen: str) -> None:
    """Asserts that the decisions about a number are those that a person knew of.

    Raises:
        OtherDecidedError: they are not; names who decided last.
    """
    if state(there) == seen:
        return
    if not there:
        raise OtherDecidedError("a decision about this number has been taken back since it was shown")
    one = max(there, key=lambda review: review.at)
    when = one.at.strftime("%Y-%m-%d %H:%M")
    raise OtherDecidedError(f"{one.by} has decided about “{one.match.printed}” on {when}")


def _with(folder: Path, file: ReviewFile | None, report: str, review: Review) -> ReviewFile:
    """The file with a decision, which takes the place of an earlier one about the same matter."""
    entry = dump([review.model_dump(exclude_none=True)])
    if file is None:
        return _checked(new_path(folder, report), new_text(_HEAD, report, "decisions", entry), (review,))
    same = [number for number, one in enumerate(file.reviews) if _matter(one) == _matter(review)]
    number = same[0] if same else len(file.reviews)
    text = edited(file.text, "decisions", entry, number + 1 if same else None)
    return _checked(file.path, text, (*file.reviews[:number], review, *file.reviews[number + 1 :]))


def _without(file: ReviewFile, review: Review) -> ReviewFile:
    number = file.reviews.index(review)
    text = edited(file.text, "decisions", "", number + 1)
    return _checked(file.path, text, file.reviews[:number] + file.reviews[number + 1 :])


def _matter(review: Review) -> tuple[Place, str]:
    return review.match, review.attribute


def _checked(path: Path, text: str, wanted: tuple[Review, ...]) -> ReviewFile:
    """The file as it would be read; it must hold what was decided and nothing else."""
    try:
        found = parse_reviews(path, text)
    except CatalogError:
        found = None
    if found is None or found.reviews != wanted:
        raise CatalogError(f"decisions/{path.name}: cannot be edited line by line; write the entry by hand")
    return found


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Lets one writer at a time into the folder of decisions, which is made where there is none.

    Raises:
        FupinError: somebody else is writing for too long, or the disk refuses it.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout as error:
        raise FupinError(f"{folder}: somebody else is writing decisions; try again") from error
    except OSError as error:
        raise FupinError(f"{folder}: cannot be written: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
