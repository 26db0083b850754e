"""Which legacy encoding a file was written in: the one whose decoding looks most like a written language."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.patterns import regex

# the letters beyond English of each language that a code page was made for; a page without a list is judged by script
_LANGUAGES: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü¿¡", "áâãàçéêíóôõúü", "àèéìíòóùú", "åäæéöø", "áðéíóúýþæö", "àçèéíïòóúü",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("çğıİöşüâîû",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
    "cp1258": ("àáâãăđèéêìíòóôơùúưỳý\u0300\u0301\u0303\u0309\u0323₫",),
}  # fmt: skip
_SCRIPTS = {"cp1251": "Ѐ-ӿ", "cp1253": "Ά-ώ", "cp1255": "א-ת", "cp1256": "؀-ۿ"}
# what tells scripts apart that fill the same bytes: words have vowels, and some letters stand at their ends only
_VOWELS = {"cp1251": "аеёиіїоуыэюяєАЕИОУЭЮЯ", "cp1253": "αεηιουωάέήίόύώΑΕΗΙΟΥΩ"}
_LEAST_VOWELS = 0.25
_FINAL_INSIDE = regex("[ךםןףץ](?=[א-ת])|ς(?=[Ά-ώ])")
LEGACY = ("gb18030", "big5", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258")
_HANZI = regex(r"[一-鿿]")
_CHINESE_SIGNS = "，。；：、“”‘’（）《》【】％—…·－　？！￥①②③④⑤"
_WESTERN_SIGNS = "“”‘’„–—…€£§°±·«»²³½×№\u00a0•™"
_IN_WORD = regex(r"(?<=[^\W\d_])[^\w\s’‘­·-](?=[^\W\d_])|(?<=[a-zß-öø-ÿа-яёα-ώ])[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω](?=[^\W\d_])")
# the 3,755 most frequent simplified characters fill these rows of GB 2312
_COMMON_ROWS = range(0xB0, 0xD8)
_SAMPLE = 200_000


def best_legacy(data: bytes) -> str | None:
    """The encoding that a text without mark, and not in UTF-8, was written in; None where none fits."""
    scored = [(score(text, encoding), encoding) for encoding in LEGACY if (text := decoded(data, encoding)) is not None]
    return max(scored, key=lambda candidate: candidate[0])[1] if scored else None


def decoded(data: bytes, encoding: str) -> str | None:
    """The text of bytes, None where they are not of this encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def score(text: str, encoding: str) -> float:
    """How much the characters beyond ASCII look written in a language of the encoding; 1 at best."""
    text = text[:_SAMPLE]
    beyond = Counter(re.findall(r"[^\x00-\x7f]", text))
    if not beyond:
        return 0.0
    if encoding in ("gb18030", "big5"):
        good = sum(count * _chinese(character) for character, count in beyond.items())
        # one Chinese character between two Latin letters is a Latin letter and its neighbour
        good -= 1.2 * len(re.findall(r"(?<=[A-Za-z])[一-鿿](?=[A-Za-z])", text))
        return good / beyond.total()
    signs = sum(count for character, count in beyond.items() if character in _WESTERN_SIGNS)
    odd = len(_IN_WORD.findall(text))
    script = _SCRIPTS.get(encoding)
    if script:
        letters = sum(count for character, count in beyond.items() if re.match(f"[{script}]", character))
        # no word mixes Latin letters with those of another script
        odd += len(re.findall(f"[A-Za-z](?=[{script}])|(?<=[{script}])[A-Za-z]", text)) + len(
            _FINAL_INSIDE.findall(text)
        )
        vowels = sum(beyond[vowel] for vowel in _VOWELS.get(encoding, ""))
        if encoding in _VOWELS and vowels < _LEAST_VOWELS * letters:
            odd += letters // 4
    else:
        letters = max(
            sum(count for character, count in beyond.items() if character.lower() in language or character in language)
            for language in _LANGUAGES[encoding]
        )
    return (letters + 0.8 * signs - 2 * odd) / beyond.total()


def _chinese(character: str) -> float:
    if _HANZI.match(character):
        return 1.0 if _is_common(character) else 0.2
    if character in _CHINESE_SIGNS or "\uff01" <= character <= "\uff5e":
        return 1.0
    return -1.0


def _is_common(character: str) -> bool:
    """Whether a character is frequent: level one of GB 2312, or of Big5, which sorts by frequency too."""
    try:
        return character.encode("gb2312")[0] in _COMMON_ROWS
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def utf_16_without_mark(data: bytes) -> str | None:
    """The text of UTF-16 without a byte-order mark, None where the bytes are something else."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = decoded(data, encoding)
        if text is None or "\x00" in text:
            continue
        sample = text[:_SAMPLE]
        written = len(re.findall(r"[\t\n\r -~À-ɏ一-鿿\u3000-\u301f\uff01-\uff5eЀ-ӿ“”‘’–—…·]", sample))
        if written >= 0.95 * len(sample) and re.search(r"[\n ,;\t，。]", sample):
            return text
    return None
