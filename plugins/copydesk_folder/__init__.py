"""The source `folder`: the articles below a folder, in files and in what files contain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Source, SourceSpec, hookimpl
from copydesk_folder.options import Options

copydesk_api = ">=1,<2"


def _build(options: Options) -> Source:
    from copydesk_folder.folder import Folder  # every run imports this module, built or not

    return Folder(options)


@hookimpl
def copydesk_sources() -> Iterable[SourceSpec[Any]]:
    """Offer the source."""
    return [SourceSpec("folder", Options, _build)]
