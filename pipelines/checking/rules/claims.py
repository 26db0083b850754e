"""What a sentence says about its own numbers: shares, growth, differences, completions, amounts for each, sums.

Words say that two numbers are related, not always which two. So every reading that the sentence allows is computed; the
claim holds where one of them does. It fails only where the words leave no doubt that the numbers are printed here, and
not one reading holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.checking.evidence import Evidence, Finding
from pipelines.checking.rules.balances import check_balances
from pipelines.checking.rules.breakdowns import check_breakdowns
from pipelines.checking.rules.directions import check_directions
from pipelines.checking.rules.growth import check_growth
from pipelines.checking.rules.items import check_items
from pipelines.checking.rules.means import check_means
from pipelines.checking.rules.pieces import check_pieces
from pipelines.checking.rules.proportions import check_all_shares, check_proportions
from pipelines.checking.rules.remainders import check_remainders
from pipelines.checking.rules.shares import check_shares
from pipelines.checking.rules.stocks import check_stocks
from pipelines.checking.rules.taken import check_taken
from pipelines.checking.rules.told import Told
from pipelines.checking.rules.totals import check_totals
from pipelines.checking.rules.years import check_years
from pipelines.checking.slips import may_be_slip
from pipelines.checking.verdict import FAILING


def check_claims(evidence: Evidence) -> Iterator[Finding]:
    """Every claim of running text that other numbers near it can answer; of several rules the first that judges it."""
    text = Told(evidence)
    judged: set[int] = set()
    yield from check_breakdowns(text)
    yield from check_items(text)
    yield from check_all_shares(text)
    yield from check_directions(text)
    yield from check_years(text)
    yield from check_totals(text)
    yield from check_taken(text)
    for finding in (
        *check_proportions(text),
        *check_shares(text),
        *check_growth(text),
        *check_pieces(text),
        *check_remainders(text),
        *check_stocks(text),
        *check_balances(text),
        *check_means(text),
    ):
        if finding.verdict in FAILING and not may_be_slip(finding):
            continue  # numbers that were never meant to fit leave the claim to others
        if finding.operands[-1].figure_id not in judged:
            judged.add(finding.operands[-1].figure_id)
            yield finding
