"""The source `folder`: the articles below a folder, each file an item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import SourceSpec, hookimpl
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_sources() -> Iterable[SourceSpec[Any]]:
    """Offer the source."""
    return [SourceSpec("folder", Options, Folder)]
