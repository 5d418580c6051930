"""Imports the libraries that only one verb needs, and says how to get one that is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from copydesk.errors import CopydeskError


def import_extra(module: str, extra: str) -> Any:
    """Return a module that an extra of the distribution brings.

    Raises `CopydeskError` with the command that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise CopydeskError(
            f"{error.name} is not installed; `pip install 'copydesk[{extra}]'` brings it"
        ) from error
