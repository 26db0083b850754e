"""What the steps share: their resource, the record of their run, and what several of them tell."""

# annotations stay objects here: Dagster checks the type of `context` by identity
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetKey,
    MaterializeResult,
)

from pipelines.orchestration.context import Batch, Fupin
from pipelines.orchestration.jobs import reports_asked_for
from pipelines.orchestration.metering import started_by
from pipelines.suites.files import Suite
from pipelines.warehouse.load import LoadSummary

Step = Callable[[AssetExecutionContext], Iterator[MaterializeResult[Any] | AssetCheckResult]]
Suites = Mapping[AssetKey, Sequence[Suite]]


def fupin_of(context: AssetExecutionContext) -> Fupin:
    """The resource of every step."""
    resource: Fupin = context.resources.fupin
    return resource


def batch_of(context: AssetExecutionContext) -> Batch:
    """What the run has read, or reads now."""
    return fupin_of(context).batch(context.run_id, reports_asked_for(context.run.run_config))


def metered(step: Step) -> Step:
    """A step whose failure ends the record of its run."""

    @wraps(step)
    def measured(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        meter = fupin_of(context).meter(context.run_id, started_by(context.run.tags))
        try:
            yield from step(context)
        except GeneratorExit:
            raise
        except BaseException as error:  # a run that somebody ends is no Exception
            meter.end(error)
            raise

    return measured


def tell_renames(context: AssetExecutionContext, summary: LoadSummary) -> None:
    """After a load: tells of reports whose file has another name by now, and of likely revisions."""
    for old, new in summary.renamed.items():
        context.log.info(f"{old}: renamed to {new}, under which its content counts")
    for line in summary.successors:
        context.log.warning(line)
