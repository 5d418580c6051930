"""The errors that Copydesk tells its users about."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.fault import Fault


class CopydeskError(Exception):
    """A fault that the user can mend: printed without a traceback, exit code 2."""


class ConfigError(CopydeskError):
    """A chain in YAML that cannot be used; its text lists every fault, one a line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class PluginError(CopydeskError):
    """A plugin that is missing, broken or made for another version of the API."""


class StoreError(CopydeskError):
    """A store that cannot be opened, or that another run holds."""


class DocumentError(Exception):
    """Raised by a source or a step for one bad document: it waits in quarantine, the run goes on.

    The message is shown to the user as it is, so say what was found and where.
    """
