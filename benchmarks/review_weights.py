"""Fits the points of `pipelines/review/evidence.yml` to labelled reports, and prints them.

    python benchmarks/review_weights.py FOLDER … [--labels FOLDER]

Folders and labels are those of `review_order.py`; one that is named twice counts twice. For each of program, giver and
period a logistic regression tells how much likelier a wrong reading is by each way of deciding it, and by each piece of
evidence; the points are its coefficients, ten to a factor of ten, rounded. What is rare is drawn towards nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.review_order import ATTRIBUTES, Seen, figures_seen  # noqa: E402
from pipelines.review.weights import way_of, weights  # noqa: E402

_STEPS = 50
_RIDGE = 1.0
_POINTS = 10 / np.log(10)


def fitted(seen: list[Seen], attribute: str) -> dict[str, int]:
    """Way or evidence → points."""
    told = [one for one in seen if attribute in one.doubt.reasons]
    ways = list(dict.fromkeys(way_of(getattr(one.meaning, attribute)) for one in told))
    names = [*ways, *weights().evidence[attribute]]
    table = np.zeros((len(told), len(names) + 1))
    for row, one in zip(table, told, strict=True):
        row[names.index(way_of(getattr(one.meaning, attribute)))] = row[-1] = 1
        for name, much in one.doubt.reasons[attribute].evidence.items():
            if name in names:
                row[names.index(name)] = much
    found = _regression(table, np.array([attribute in one.wrong for one in told], dtype=float))
    # the last column is common to all: it goes to the ways, of which each figure has one
    return {
        name: round(float(weight + (found[-1] if name in ways else 0)) * _POINTS)
        for name, weight in zip(names, found[:-1], strict=True)
    }


def _regression(table: np.ndarray, wrong: np.ndarray) -> np.ndarray:
    """Coefficients of the likeliest logistic model, by Newton's steps that are halved until they better it."""
    ridge = np.full(table.shape[1], _RIDGE)
    ridge[-1] = 1e-3
    found = np.zeros(table.shape[1])

    def loss(weights: np.ndarray) -> float:
        odds = table @ weights
        return float((np.logaddexp(0, odds) - wrong * odds).sum() + (ridge * weights**2).sum() / 2)

    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(table @ found)))
        slope = table.T @ (chance - wrong) + ridge * found
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        while loss(found - step) > loss(found) and np.abs(step).max() > 1e-9:
            step /= 2
        found = found - step
    return found


def main() -> None:
    """Prints the points."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--labels", type=Path, help="where they lie, if not beside the reports")
    given = parser.parse_args()
    seen = figures_seen(given.folders, given.labels)
    for attribute in ATTRIBUTES:
        wrong = sum(attribute in one.wrong for one in seen)
        points = ", ".join(f"{name}: {weight}" for name, weight in fitted(seen, attribute).items())
        print(f"{attribute}, {wrong} of {len(seen)} wrong: {points}")


if __name__ == "__main__":
    main()
