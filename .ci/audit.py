"""Looks at the pinned dependencies: hashes, licences, consistency, and advisories where their service can be reached.

    python .ci/audit.py

Prints one line per problem and ends with exit code 1 where there is one. The advisories of OSV are asked through
`uv audit`; without the network the output says that nobody was asked.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageMetadata, distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
UV = str(Path(sys.executable).with_name("uv"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
# what a work under the Apache License 2.0 may depend on, as SPDX and as the older classifiers say it
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU"),
    *("MPL-2.0", "PSF-2.0", "Unlicense", "Zlib"),
    *("Apache Software License", "BSD License", "ISC License (ISCL)", "MIT License"),
    *("Mozilla Public License 2.0 (MPL 2.0)", "Python Software Foundation License"),
    *("Artistic License", "BSD", "3-Clause BSD License", "MIT OR Apache-2.0"),
}
# packages whose metadata do not say it in these words, with what their licence file says
STATED = {
    "axe-playwright-python": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "text-unidecode": "Artistic License",
}
_FORBIDDEN = re.compile(r"\bAGPL|Affero", re.IGNORECASE)
_PIN = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?P<marker>\s*;[^\\]*)?")
_UNREACHED = ("Request failed", "error sending request", "Failed to fetch", "Could not connect", "timed out")
_SECONDS = 30


def pins(lock: Path) -> tuple[list[str], list[str]]:
    """The requirements of a lock, each `name==version ; marker`, and what is wrong with its lines."""
    found: list[str] = []
    problems: list[str] = []
    text = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8"))
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _PIN.match(line)
        if not match:
            problems.append(f"{lock.name}: {line.split()[0]} is not pinned to one version")
            continue
        if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", line):
            problems.append(f"{lock.name}: {match['name']} has no hash")
        marker = (match["marker"] or "").partition("--hash")[0].strip()
        found.append(f"{match['name']}=={match['version']} {marker}".strip())
    return found, problems


def licence(metadata: PackageMetadata) -> str:
    """The licence that a package states: an SPDX expression, else its classifiers, else its free text."""
    expression = metadata.get("License-Expression")
    classifiers = [
        one.rpartition(" :: ")[2] for one in metadata.get_all("Classifier") or () if one.startswith("License :: ")
    ]
    specific = [one for one in classifiers if one != "OSI Approved"]
    return expression or " OR ".join(specific) or (metadata.get("License") or "").strip().partition("\n")[0]


def is_allowed(stated: str) -> bool:
    """Whether a licence, or one of those to choose from, is on the list; of several that apply, all must be."""
    if stated in ALLOWED:
        return True
    plain = stated.replace("(ISCL)", "").replace("(MPL 2.0)", "").replace("(", "").replace(")", "")
    return any(
        all(one.strip() in ALLOWED or f"{one.strip()} (ISCL)" in ALLOWED for one in re.split(r" AND |, ", choice))
        for choice in plain.split(" OR ")
    )


def licence_problems(installed: Iterable[Distribution]) -> list[str]:
    """One line per package whose licence is forbidden, unknown or not stated."""
    problems = []
    for one in installed:
        name = one.metadata["Name"]
        stated = licence(one.metadata)
        said = STATED.get(name.lower(), stated)
        if _FORBIDDEN.search(stated):
            problems.append(f"{name} {one.version}: licence {stated} is not compatible with Apache-2.0")
        elif not is_allowed(said):
            problems.append(
                f"{name} {one.version}: licence {stated or 'not stated'} is not on the list of .ci/audit.py"
            )
    return problems


def environment_problems() -> list[str]:
    """What `pip check` finds inconsistent."""
    ended = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    return ended.stdout.splitlines() if ended.returncode else []


def advisories(required: Iterable[str], command: str = UV) -> tuple[list[str], str]:
    """Problems that the advisory service knows of, and a line that says whether it was asked."""
    quoted = "".join(f'#   "{one}",\n' for one in required)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "pinned.py"
        script.write_text(f'# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n{quoted}# ]\n# ///\n')
        call = [command, "audit", "--preview-features", "audit-command", "--no-progress", "--script", str(script)]
        environment = os.environ | {"UV_HTTP_RETRIES": "0", "UV_HTTP_TIMEOUT": "8"}
        try:
            ended = subprocess.run(  # noqa: S603 - our own call, without a shell
                call, capture_output=True, text=True, timeout=_SECONDS, env=environment, check=False
            )
        except FileNotFoundError:
            return [], f"advisories not consulted: {Path(command).name} is not installed"
        except subprocess.TimeoutExpired:
            return [], "advisories not consulted: no answer"
    if ended.returncode == 0:
        return [], "advisories consulted: none is known for the pinned versions"
    if any(sign in ended.stderr for sign in _UNREACHED):
        return [], "advisories not consulted: no network"
    said = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
    return said, "advisories consulted"


def main() -> int:
    """Prints what was found; 1 where something is wrong."""
    read = {name: pins(PROJECT / name) for name in LOCKS}
    problems = [problem for _, found in read.values() for problem in found]
    run, dev = (read[name][0] for name in LOCKS)
    versions = {one.partition(" ")[0] for one in dev}
    problems += [f"{LOCKS[0]}: {one} differs from {LOCKS[1]}" for one in run if one.partition(" ")[0] not in versions]
    names = {re.split(r"[=\s]", one)[0].lower().replace("_", "-") for one in dev}
    installed = [one for one in distributions() if one.metadata["Name"].lower().replace("_", "-") in names]
    problems += licence_problems(installed) + environment_problems()
    known, told = advisories(dev)
    for line in [*problems, *known]:
        print(line)
    print(f"{len(dev)} pins with hashes; licences of {len(installed)} installed packages; {told}")
    return 1 if problems or known else 0


if __name__ == "__main__":
    sys.exit(main())
