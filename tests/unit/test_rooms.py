"""Data flows one way: a room imports only from rooms before it, and no modules import each other in a circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from pipelines.settings import PROJECT

# what belongs to all: errors, settings, and four means of every room
FOOT = ("errors", "collector", "patterns", "packed", "columns", "settings")
ROOMS = (
    *("catalog", "reading", "figures", "meaning", "checking", "versions", "review", "suites", "warehouse"),
    *("publishing", "scaling", "orchestration", "desk", "commands", "cli"),
)
# the inner rooms of `figures`, in the order in which a number goes through them; what stands beside them joins them
INNER = ("text", "numbers", "units", "intervals", "classes", "roles", "links", "tables")
# the package itself hands `open_snapshot` on
FRONT = "pipelines"


def imports(path, modules):
    """The project's modules that one imports, at its top, within a function or for its types."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in modules)
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                if whole in modules or node.module in modules:
                    yield whole if whole in modules else node.module


@pytest.fixture(scope="module")
def arrows():
    paths = {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (PROJECT / "pipelines").rglob("*.py")
    }
    return {name: set(imports(path, paths)) for name, path in paths.items()}


def room(module):
    return module.split(".")[1] if module != FRONT else FRONT


def test_every_module_stands_in_a_room(arrows):
    assert {room(one) for one in arrows} == {*FOOT, *ROOMS, FRONT}


def test_no_arrow_runs_back(arrows):
    order = {name: place for place, name in enumerate((*FOOT, *ROOMS))}
    back = [
        f"{one} imports {other}"
        for one, others in arrows.items()
        for other in others
        if one != FRONT and (other == FRONT or order[room(other)] > order[room(one)])
    ]
    assert back == []


def test_no_arrow_runs_back_between_the_rooms_of_figures(arrows):
    def inner(module):
        return next((name for name in INNER if module.startswith(f"pipelines.figures.{name}")), None)

    pairs = [(one, other) for one, others in arrows.items() for other in others if inner(one) and inner(other)]
    assert [pair for pair in pairs if INNER.index(inner(pair[1])) > INNER.index(inner(pair[0]))] == []


def test_no_modules_import_each_other_in_a_circle(arrows):
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_scaling_is_what_a_setting_chooses(arrows):
    """Nothing but what acts on a setting or a command imports it."""
    assert {room(one) for one, others in arrows.items() for other in others if room(other) == "scaling"} <= {
        "scaling",
        "orchestration",
        "commands",
    }
