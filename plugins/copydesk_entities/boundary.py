"""Says where a name may begin and end inside a running text, script by script."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_entities.letters import is_hangul, is_katakana, is_letter, is_mark, is_unspaced

_GENITIVE_WORDS = "de sv da no nl is fo"
_GENITIVE = frozenset(_GENITIVE_WORDS.split())
_ARABIC_PREFIXES_WORDS = "و ف ب ل ك ول وب فل فب وك"
_ARABIC_PREFIXES = frozenset(_ARABIC_PREFIXES_WORDS.split())
_HEBREW_PREFIXES_WORDS = "ה ו ב ל מ ש כ וה וב ול ומ שב מה כש שה של"
_HEBREW_PREFIXES = frozenset(_HEBREW_PREFIXES_WORDS.split())
_KOREAN_PARTICLES_WORDS = """
짜리 대 대의 대로 어치 가량 씩 씩을 이상 이하 정도 규모 규모의 상당 안팎 여
은 는 이 가 을 를 의 에 도 와 과 로 만 나 에서 에게 에는 에도 에서는 에서도 에서의 에선 으로
으로의 로의 로는 이나 보다 부터 까지 처럼 마저 조차 라는 이라는 라고 이라고 라며 이라며 이며 이자
과의 와의 과는 와는 측 측은 측이 씨 씨는 씨가 씨의 씨도 였다 이다 다 뿐 에게서 한테 께서 으로부터
로부터 에서만 에만 이라도 라도 이든 든 간 내 내의 내에서 등 등의 등이 등을
"""
_KOREAN_PARTICLES = frozenset(_KOREAN_PARTICLES_WORDS.split())
_LONGEST_PREFIX = 2
_LONGEST_PARTICLE = 4
_LEADING_VOWELS = "เแโใไເແໂໃໄ"


def begin(text: str, start: int) -> int | None:
    """Return where the mention begins: at `start`, or before a clitic; None inside a word."""
    if start == 0 or not _binds(text[start - 1], text[start]):
        return start
    prefixes = _prefixes(text[start])
    for at in range(start - 1, max(start - 1 - _LONGEST_PREFIX, -1), -1):
        if text[at:start] in prefixes and (at == 0 or not _binds(text[at - 1], text[at])):
            return at
    return None


def finish(text: str, end: int, tongues: Sequence[str]) -> int | None:
    """Return where the mention ends: at `end`, or after a genitive; None inside a word."""
    if end == len(text) or not _binds(text[end - 1], text[end]):
        return end
    if is_hangul(text[end]):
        return end if ends_word(text, end) else None
    if text[end] == "s" and (end + 1 == len(text) or not _binds("s", text[end + 1])):
        return end + 1 if not tongues or tongues[0] in _GENITIVE else None
    return None


def ends_word(text: str, end: int) -> bool:
    """Say whether a word may end here: in Korean, only at the end of a run or before a particle.

    Scripts without spaces say nothing about it, and other scripts are not asked.
    """
    if end == len(text) or not (is_hangul(text[end - 1]) and is_hangul(text[end])):
        return True
    return _particle(text, end) in _KOREAN_PARTICLES


def _binds(left: str, right: str) -> bool:
    """Say whether two neighbours belong to one word."""
    if is_unspaced(left) or is_unspaced(right):
        if is_mark(right) or left in _LEADING_VOWELS:
            return True
        return (is_katakana(left) and is_katakana(right)) or (is_hangul(left) and is_hangul(right))
    return (is_letter(left) or left.isdigit()) and (is_letter(right) or right.isdigit())


def _particle(text: str, start: int) -> str:
    """Return the syllables that follow, up to one more than a particle can have."""
    end = start
    while end < len(text) and end <= start + _LONGEST_PARTICLE and is_hangul(text[end]):
        end += 1
    return text[start:end]


def _prefixes(first: str) -> frozenset[str]:
    if "\u0600" <= first <= "\u06ff":
        return _ARABIC_PREFIXES
    if "\u0590" <= first <= "\u05ff":
        return _HEBREW_PREFIXES
    return frozenset()
