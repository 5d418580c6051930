"""Texts and bytes that nobody means to feed to a step, and that come all the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from copydesk.testing.corpus import articles

EMPTY: Mapping[str, str] = {
    "nothing": "",
    "a space": " ",
    "line ends": "\n\n\r\n\r\n\t\n",
    "white space of all kinds": "\u00a0\u2003\u3000\u200b\u2028\u2029\x85\x0b\x0c",
    "a byte order mark": "\ufeff",
}
"""Texts without a word."""

HOSTILE: Mapping[str, str] = {
    "one letter": "a",
    "one emoji": "\U0001f469\u200d\U0001f680",
    "flags and families": "\U0001f1fa\U0001f1f3 \U0001f468\u200d\U0001f469\u200d\U0001f467 👍🏽 "
    * 40,
    "marks on marks": "Z" + "\u0301\u0323\u0489" * 200 + " text",
    "marks on nothing": "\u0301\u0610\u093f\u0e31 begins with marks",
    "decomposed": unicodedata.normalize("NFD", "Chúng tôi đã chờ ngày này từ lâu. Äpfel für Ödön."),
    "both directions": "abc \u202eלועזית\u202c עברית 123 \u2067العربية\u2069 end.",
    "unclosed overrides": "\u202a\u202b\u202d\u202e\u2066" * 50 + "text",
    "half a surrogate pair": "before \ud83d between \ude00 after",
    "beyond the last characters": "\ufffe\uffff\U0010ffff\U0001fffe \ue000\U000f0000 text",
    "tags and joiners": "a\U000e0061\U000e007f\u200d\u200c\u2060b\u00adc",
    "controls": "a\0b\x01c\x07d\x1b[31me\x7f \x9b text",
    "every line end": "one\ntwo\rthree\r\nfour\x85five\u2028six\u2029seven\x0beight\x0cnine",
    "a line without end": "word " * 8_000,
    "a word without end": "a" * 40_000,
    "a character without end": "\u4e00" * 20_000,
    "digits without end": "1" * 6_000,
    "a number of many kinds": "1,2.3'4 5٬٦٫٧ १२ 一二三億 1e999 -0 ½ ²³ Ⅻ ൧ $ € 5 % 99/99/9999 "
    * 30,
    "dates that are none": "2025-13-45 31.02.2025 0000-00-00 99:99 30 February 99999 ١٤٤٦/٠٠/٠٠",
    "brackets without end": "([{<" * 4_000,
    "quotation marks": "'\"`„“”‘’«»「」" * 500,
    "backtracking": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! " * 200,
    "spaces inside": "a" + " " * 20_000 + "b",
    "line ends without end": "\n" * 20_000 + "text" + "\r\n" * 5_000,
    "one word a line": "word\n" * 5_000,
    "formats": "%s %d %n {0} {x!r} ${HOME} $(id) `id` \\1 \\g<0> \\N{DASH} {{}} %",
    "other languages": "'; DROP TABLE items; -- <script>alert(1)</script> ]]> <!-- &#0;",
    "markup without end": "<div>" * 3_000 + "text",
    "markup that never closes": "<p <p <a href='<b title=\"" * 300 + "text <",
    "entities": "&lt;&amp;amp;&notanentity;&#55296;&#xFFFFFFFF; &" * 100,
    "a nested list": "<ul><li>" * 500 + "text" + "</li></ul>" * 500,
    "mojibake": "schÃ¶n â€œquotedâ€\x9d Ð¿Ñ€Ð¸Ð²ÐµÑ‚ ï¿½ \ufffd\ufffd",
    "all languages at once": "\n".join(article.text for article in articles()),
    "letters of all scripts": " ".join(article.title[:6] for article in articles()) * 20,
    "capitals": "GROSSE STRASSE İSTANBUL ǅ ﬁ ŉ ß ẞ ΐ ΣΑΣ " * 50,
}
"""Texts in which something is out of the common."""

BYTES: Mapping[str, bytes] = {
    "NUL bytes": bytes(4_000),
    "every byte": bytes(range(256)) * 40,
    "a cut character": "Größe und Länge".encode()[:-9],
    "overlong and impossible UTF-8": b"\xc0\xaf\xed\xa0\x80\xf5\x90\x80\x80 text " * 20,
    "a lone surrogate in UTF-16": b"\xff\xfeA\x00\x00\xd8B\x00",
    "half of UTF-16": "text".encode("utf-16") + b"\x00",
    "UTF-32": "text in UTF-32, with a mark".encode("utf-32"),
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "an archive": b"PK\x03\x04" + bytes(range(256)) * 4,
    "compressed": b"\x1f\x8b\x08\x00" + bytes(range(255, -1, -1)) * 4,
    "a document of an office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "a wrong declaration": b'<html><head><meta charset="utf-7">\xe4\xf6\xfc text</head></html>',
    "an unknown declaration": b'<meta charset="no such encoding">\xe4\xf6\xfc text',
}
"""Bytes that are no text, or hardly."""

MESSY = (
    "Share\nComments\n"
    + next(article.text for article in articles() if article.code == "en")
    + "\nPhoto: Lena Brandt\n\nRelated articles\nSign up for our newsletter.\n"
    "© 2025 The Marsfeld Gazette. All rights reserved.\n"
)
"""News with what stands around it on a web page."""


def huge(characters: int) -> str:
    """Return a long text in all languages, in paragraphs."""
    whole = "\n\n".join(article.text for article in articles())
    return (whole * (characters // len(whole) + 1))[:characters]
