"""Templates to pages: everything is escaped, and signs that could hide or turn text are shown as what they are."""

from __future__ import annotations

import contextlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.patterns import regex

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

FOLDER = Path(__file__).parent
# what a browser would run, load or send stands in files of the site; nothing is written into a page
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'none'; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
# control characters, marks of writing direction, invisible joiners, halves of characters
_HIDDEN = regex(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff]"
)

_QUOTED = regex(r"“([^”]*[A-Za-z]{2}[^”]*)”")


def visible(text: str) -> str:
    """A text in which signs that cannot be seen, or turn the direction of writing, are named: `[U+202E]`."""
    # most texts hold printable signs only, which is told much quicker
    return text if text.isprintable() else _HIDDEN.sub(lambda sign: f"[U+{ord(sign.group()):04X}]", text)


def quoted(text: str) -> Markup:
    """A sentence, with the English words of a report that it quotes marked as such."""
    from markupsafe import Markup, escape

    return Markup(_QUOTED.sub(r'“<span lang="en">\1</span>”', str(escape(visible(text)))))  # noqa: S704


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates of the site, with escaping always on and no access to files elsewhere."""
    import jinja2
    from markupsafe import Markup

    def finalize(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
        if value is None:
            return ""
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    folder = FOLDER / "templates"
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(folder / "__pycache__"),
    )
    made.globals |= {"policy": POLICY}
    made.filters |= {"quoted": quoted}
    return made


def _compiled(folder: Path) -> jinja2.BytecodeCache | None:
    """Keeps compiled templates as Python keeps its modules: beside them, and not at all where it must not write."""
    import jinja2

    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    if not os.access(folder, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(folder), f"%s.jinja-{jinja2.__version__}")


def render(template: str, values: dict[str, Any]) -> str:
    """One page.

    Args:
        template: its file in `templates/`.
        values: what the template uses; a name that is missing is an error.
    """
    return environment().get_template(template).render(values)
