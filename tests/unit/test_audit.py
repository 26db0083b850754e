"""The look at pinned dependencies: what it lets pass, and what it names."""

from __future__ import annotations

import importlib.util
import sys
from email.message import Message
from types import SimpleNamespace

import pytest

from pipelines.settings import PROJECT

HASH = "--hash=sha256:" + "a" * 64


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", PROJECT / ".ci" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package(name, **fields):
    metadata = Message()
    metadata["Name"] = name
    for key, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            metadata[key.replace("_", "-")] = value
    return SimpleNamespace(metadata=metadata, version="1.0")


def test_pins_without_hash_or_version_are_named(audit, tmp_path):
    lock = tmp_path / "some.lock"
    lock.write_text(
        f"a==1.0 ; sys_platform == 'win32' \\\n    {HASH} \\\n    {HASH}\nb[x]==2 \\\n    {HASH}\nc==3\nd>=4\n"
    )
    found, problems = audit.pins(lock)
    assert found == ["a==1.0 ; sys_platform == 'win32'", "b==2", "c==3"]
    assert problems == ["some.lock: c has no hash", "some.lock: d>=4 is not pinned to one version"]


def test_the_locks_have_a_hash_for_every_pin(audit):
    for name in audit.LOCKS:
        found, problems = audit.pins(PROJECT / name)
        assert problems == []
        assert len(found) > 50


@pytest.mark.parametrize(
    ("stated", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR Apache-2.0", True),
        ("MPL-2.0 AND (MIT OR GPL-3.0)", True),
        ("MIT AND GPL-3.0", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", True),
        ("GPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_of_a_choice_one_and_of_several_all_must_be_allowed(audit, stated, allowed):
    assert audit.is_allowed(stated) is allowed


def test_packages_with_other_licences_are_named(audit):
    affero = "License :: OSI Approved :: GNU Affero General Public License v3"
    assert audit.licence_problems(
        [
            package("fine", License_Expression="Apache-2.0"),
            package("free", License="MIT\nwith a long text that mentions the Affero licence"),
            package("chosen", Classifier=["License :: OSI Approved", "License :: OSI Approved :: MIT License", affero]),
            package("affero", Classifier=[affero]),
            package("silent"),
        ]
    ) == [
        "chosen 1.0: licence MIT License OR GNU Affero General Public License v3 is not compatible with Apache-2.0",
        "affero 1.0: licence GNU Affero General Public License v3 is not compatible with Apache-2.0",
        "silent 1.0: licence not stated is not on the list of .ci/audit.py",
    ]


@pytest.mark.parametrize(
    ("code", "told", "known"),
    [
        ("sys.exit(0)", "advisories consulted: none is known for the pinned versions", []),
        ("sys.exit('error: Request failed after 0 retries')", "advisories not consulted: no network", []),
        (
            "print('a 1.0 has 1 known vulnerability'); sys.exit(1)",
            "advisories consulted",
            ["a 1.0 has 1 known vulnerability"],
        ),
    ],
)
def test_advisories_that_nobody_was_asked_for_are_said_to_be_so(audit, tmp_path, code, told, known):
    asked = tmp_path / "asked"
    asked.write_text(f"#!{sys.executable}\nimport sys\n{code}\n")
    asked.chmod(0o755)
    assert audit.advisories(["a==1.0"], str(asked)) == (known, told)


def test_without_the_tool_nobody_is_asked(audit):
    assert audit.advisories([], "no-such-tool") == ([], "advisories not consulted: no-such-tool is not installed")
