"""The names of encodings: WHATWG labels outside, Python codecs inside."""

from __future__ import annotations

import codecs
import re
from functools import cache

import webencodings

_NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
"""Codecs of Python that write text as other text: no document is stored in them."""
_NAME = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*", re.ASCII)
# The label of each codec that webencodings does not know by its Python name. Only true supersets
# share a label: every text of the codec on the left reads the same under the label on the right.
_LABELS = {
    "ascii": "utf-8",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp950": "big5",
    "euc_jp": "euc-jp",
    "euc_kr": "euc-kr",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "iso2022_jp": "iso-2022-jp",
    "iso2022_jp_1": "iso-2022-jp",
    "iso2022_jp_2": "iso-2022-jp-2",
    "iso2022_jp_2004": "iso-2022-jp-2004",
    "iso2022_jp_ext": "iso-2022-jp",
    "iso2022_kr": "iso-2022-kr",
    "iso8859-11": "windows-874",
    "iso8859-16": "iso-8859-16",
    "mac-cyrillic": "x-mac-cyrillic",
    "mac-roman": "macintosh",
    "shift_jis": "shift_jis",
    "tis-620": "windows-874",
    "utf-16": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-16-le": "utf-16le",
    "utf-32": "utf-32le",
    "utf-32-be": "utf-32be",
    "utf-32-le": "utf-32le",
}
# The codec that reads the most under each label, where webencodings names a lesser one or none.
_CODECS = {
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-kr": "iso2022_kr",
    "utf-32be": "utf-32-be",
    "utf-32le": "utf-32-le",
}


@cache
def find_label(name: str) -> str | None:
    """Return the lower-case label of an encoding that a page, a header or a detector names.

    `name` may be any WHATWG label or the name of a Python codec. An encoding outside the WHATWG
    standard keeps its Python name with `-` for `_` (`cp437`, `iso-2022-kr`, `utf-32le`). None when
    nothing of that name can decode text.
    """
    known = webencodings.lookup(name)
    if known is not None and known.name not in {"replacement", "x-user-defined"}:
        return "gb18030" if known.name == "gbk" else str(known.name)
    # Python drops what it does not understand: to it, `iso8859-2">` is a codec as well.
    if _NAME.fullmatch(name) is None:
        return None
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    label = _LABELS.get(codec.name, codec.name.replace("_", "-"))
    # Python has codecs from bytes to bytes too, such as base64 and rot13.
    is_charset = codec._is_text_encoding and label not in _NO_CHARSETS  # noqa: SLF001
    return label if is_charset else None


@cache
def find_codec(label: str) -> str:
    """Return the Python codec that decodes what carries this label.

    Raises LookupError for a label that `find_label` never returns.
    """
    if label in _CODECS:
        return _CODECS[label]
    known = webencodings.lookup(label)
    return codecs.lookup(label).name if known is None else str(known.codec_info.name)
