"""The page of the desk: an empty frame with its words, which its script fills; nothing of a report stands in it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from pipelines.desk.words import DeskWords


@lru_cache(maxsize=2)
def page(language: str) -> str:
    """The page in one language."""
    from pipelines.publishing.site.render import environment

    words = DeskWords(language)
    template = environment().from_string(Path(__file__).with_name("desk.html").read_text(encoding="utf-8"))
    return template.render(
        t=words,
        language=language,
        html_language="zh-Hans" if language == "zh" else "en",
        base="../" if language == "zh" else "",
        other="../" if language == "zh" else "zh/",
        words=json.dumps(words.all, ensure_ascii=False),
        site_name=words.site("site.name"),
        language_other=words.site("language.other"),
        theme=(words.site("theme.light"), words.site("theme.dark")),
        actions=ACTIONS,
    )


# key, what it does
ACTIONS = (("a", "accept"), ("n", "no_figure"), ("r", "unread"), ("m", "misprint"), ("s", "skip"), ("u", "undo"))
