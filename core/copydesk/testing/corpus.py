"""One piece of news in twenty languages and twelve scripts, in the public domain (CC0)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from attrs import frozen

_FOLDER = Path(__file__).parent / "articles"
_SCRIPTS = {
    "ar": "Arab", "bn": "Beng", "el": "Grek", "fa": "Arab", "he": "Hebr", "hi": "Deva",
    "ja": "Jpan", "ko": "Kore", "ru": "Cyrl", "ta": "Taml", "th": "Thai", "uk": "Cyrl",
    "zh": "Hans",
}  # fmt: skip
_ENCODINGS = {
    "ar": "windows-1256", "de": "windows-1252", "el": "iso-8859-7", "es": "windows-1252",
    "fr": "windows-1252", "he": "windows-1255", "ja": "shift_jis", "ko": "euc-kr",
    "pl": "iso-8859-2", "ru": "koi8-r", "th": "windows-874", "tr": "windows-1254",
    "uk": "windows-1251", "zh": "gb18030",
}  # fmt: skip
_PYTHON = {"windows-874": "cp874"}


@frozen
class Article:
    """A piece of news: a headline, a dateline, a sum, a percentage, a quotation and a name."""

    code: str
    """BCP 47 tag of its language."""
    script: str
    """ISO 15924 code of its script."""
    text: str
    """Headline, empty line, paragraphs with empty lines between them."""
    legacy: str | None
    """WHATWG label of an encoding from before Unicode that its language was written in."""

    @property
    def title(self) -> str:
        """The headline."""
        return self.text.partition("\n")[0]

    @property
    def paragraphs(self) -> list[str]:
        """What stands below the headline."""
        return [part for part in self.text.strip().split("\n\n")[1:] if part]

    def in_legacy(self) -> bytes | None:
        """Return it in its old encoding, as old software wrote it; None if it has none."""
        if self.legacy is None:
            return None
        return self.text.encode(_PYTHON.get(self.legacy, self.legacy), "replace")

    def as_page(self) -> str:
        """Return it as a web page with a menu, a form for comments and a footer around it."""
        story = "\n".join(f"<p>{part}</p>" for part in self.paragraphs)
        return (
            f'<!DOCTYPE html>\n<html lang="{self.code}"><head><meta charset="utf-8">'
            f"<title>{self.title}</title>\n"
            '<meta name="author" content="Lena Brandt">'
            '<meta property="article:published_time" content="2025-03-03T08:00:00Z"></head>\n'
            '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/a">Sport</a></li></ul></nav>'
            f"\n<article><h1>{self.title}</h1>\n{story}\n</article>\n"
            '<section id="comments"><h2>Comments</h2><form><textarea></textarea></form></section>'
            "\n<footer>© 2025 The Marsfeld Gazette. All rights reserved.</footer></body></html>\n"
        )


@cache
def articles() -> tuple[Article, ...]:
    """Return the articles, by language."""
    return tuple(
        Article(
            path.stem,
            _SCRIPTS.get(path.stem, "Latn"),
            path.read_text(encoding="utf-8"),
            _ENCODINGS.get(path.stem),
        )
        for path in sorted(_FOLDER.glob("??.txt"))
    )
