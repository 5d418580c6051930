"""Tells apart what is written in a language and what is not: addresses, code, numbers, keys."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}"
)
_TOKEN = re.compile(r"[!-~]+")  # a run of ASCII; other scripts have no code
_TRIM = "\"'()[]{}<>,.;:!?*-"
_INNER = re.compile(r"\w[=_{}<>\[\]()/\\:;@#&?+*|%^.]+\w|[a-z][A-Z].*[a-z][A-Z]|==|[{};]$")
_MARKS = re.compile(r"[={}<>\[\]|\\^~_]|;$", re.MULTILINE)
_SUSPECT = re.compile(  # what a text must have for a look at each of its words
    r"[A-Za-z][0-9]|[0-9][A-Za-z]|[=_{}<>\[\]\\/@#|^]|[A-Za-z][.:;()&?+*%][A-Za-z]|[a-z][A-Z]|[!-~]{46}"
)
_SHORT = re.compile(r"(?:\w{1,3}\.)+\w{0,3}$")  # U.S., e.g., a.m


def strip_noise(text: str) -> str:
    """Return a text without addresses and without the words that are code or keys."""
    if not _SUSPECT.search(text):
        return text
    if "://" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return _TOKEN.sub(_keep, text)


def _keep(match: re.Match[str]) -> str:
    token = match.group()
    return " " if is_noise(token) else token


def is_noise(token: str) -> bool:
    """Tell whether a run of ASCII characters is a piece of code, a key or an address."""
    core = token.strip(_TRIM)
    if core.isalpha():
        return len(core) > 45
    if not any(map(str.isalpha, core)):
        return False  # numbers have no letters that could mislead
    if len(core) > 20 and any(map(str.isdigit, core)):
        return True
    return bool(_INNER.search(core)) and not _SHORT.match(core)


def code_share(text: str) -> float:
    """Return how much of a text, 0 to 1, is punctuation that code has and prose has not."""
    marks = len(_MARKS.findall(text))
    return marks * 8 / (len(text) or 1)
