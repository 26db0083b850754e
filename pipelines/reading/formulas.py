r"""Formulas of LaTeX in running text, as programs that read scanned pages write numbers: `$5 8 9 \times 1 0 ^ 4$`."""

from __future__ import annotations

import re

from pipelines.patterns import regex

# between dollar signs, and no two amounts of money: a command, or digits set apart
_FORMULA = regex(r"\$(?=[^$\n]*(?:\\[a-zA-Z%]|\d [\d.]))([^$\n]{1,200})\$")
_STYLE = regex(r"\\(?:mathrm|mathbf|mathit|text|textbf|operatorname|rm|bf)\b\s*")
_SIGNS = {
    r"\times": "×", r"\sim": "~", r"\approx": "≈", r"\leqslant": "≤", r"\geqslant": "≥", r"\leq": "≤", r"\geq": "≥",
    r"\le": "≤", r"\ge": "≥", r"\cdot": "·", r"\pm": "±", r"\%": "%", r"\,": "", r"\;": "", r"\!": "", r"\ ": "",
    r"\quad": " ", "~": " ",
}  # fmt: skip
_SIGN = regex("|".join(re.escape(sign) + (r"(?![a-z])" if sign[-1].isalpha() else "") for sign in _SIGNS))
_APART = regex(r"(?<=[\d.,^×]) +(?=[\d.,%^×])")
_LETTERS_APART = regex(r"(?<=\b[a-zA-Z]) (?=[a-zA-Z]\b)")
_POWERS = str.maketrans("23", "²³")


def without_formulas(text: str) -> str:
    """A text in which numbers of formulas are written as in prose; what no rule knows stays as it is."""
    if text.count("$") < 2:
        return text
    return _FORMULA.sub(lambda found: _plain(found[1]) or found[0], text)


def _plain(formula: str) -> str:
    """A formula without commands; empty where one of them is not known."""
    said = _SIGN.sub(lambda sign: _SIGNS[sign.group()], _STYLE.sub("", formula))
    if "\\" in said:
        return ""
    said = re.sub(r" *[{}] *", " ", said)
    said = _APART.sub("", _APART.sub("", re.sub(r" *([\^×~]) *", r"\1", said)))
    said = _LETTERS_APART.sub("", said)
    return re.sub(r"(?<=[a-z])\^([23])(?!\d)", lambda power: power[1].translate(_POWERS), said).strip()
