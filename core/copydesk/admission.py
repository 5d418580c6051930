"""Which plugins may be loaded, and who says so: a chain, the environment, the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from attrs import frozen

from copydesk.plugin import Plugin

BLOCK = "COPYDESK_PLUGINS_BLOCK"
"""The variable of the environment that names plugins not to load."""
ALLOW = "COPYDESK_PLUGINS_ALLOW"
"""The one that names the only external plugins to load; set and empty, it allows none."""
NO_EXTERNAL = "COPYDESK_PLUGINS_NO_EXTERNAL"
"""The one that `--no-external` sets, so that it holds in processes that are started too."""

_APART = re.compile(r"[\s,]+")


@frozen
class Rule:
    """What one place says of which plugins may be loaded."""

    where: str
    """That place, as the user knows it: `news.yaml:3:12`, `COPYDESK_PLUGINS_BLOCK`."""
    block: tuple[str, ...] = ()
    """Names of plugins that may not be loaded."""
    allow: tuple[str, ...] | None = None
    """Names of the only external ones that may be; None: all."""
    spares_files: bool = False
    """Whether `allow` leaves alone the files that a chain lists."""

    def refuse(self, plugin: Plugin) -> str | None:
        """Return why a plugin may not be loaded, None if it may."""
        if any(fits(pattern, plugin) for pattern in self.block):
            return f"blocked by {self.where}"
        if self.allow is None or plugin.is_own or (plugin.is_file and self.spares_files):
            return None
        if any(fits(pattern, plugin) for pattern in self.allow):
            return None
        return f"not allowed by {self.where}"


def fits(pattern: str, plugin: Plugin) -> bool:
    """Return whether a pattern means a plugin.

    It is the name of a distribution, `distribution:entry`, or the name of a file; `*` stands for
    anything.
    """
    return any(fnmatchcase(name, _fold(pattern)) for name in names_of(plugin))


def names_of(plugin: Plugin) -> tuple[str, ...]:
    """Return the names that a rule can call a plugin by, the longest last."""
    if plugin.is_file:
        return (_fold(plugin.distribution),)
    return (_fold(plugin.distribution), _fold(plugin.name))


def find_refusal(plugin: Plugin, rules: Iterable[Rule]) -> str | None:
    """Return why the first rule that refuses a plugin does so, None if none does."""
    return next(filter(None, (rule.refuse(plugin) for rule in rules)), None)


def rules_of(environment: Mapping[str, str]) -> Iterator[Rule]:
    """Yield what the environment says."""
    if environment.get(BLOCK):
        yield Rule(BLOCK, block=_split(environment[BLOCK]))
    if ALLOW in environment:
        yield Rule(ALLOW, allow=_split(environment[ALLOW]))
    if environment.get(NO_EXTERNAL, "0") not in {"", "0"}:
        yield Rule("--no-external", allow=())


def _split(names: str) -> tuple[str, ...]:
    return tuple(filter(None, _APART.split(names)))


def _fold(name: str) -> str:
    """Return a name as pip compares it, for the part that names a distribution."""
    from packaging.utils import canonicalize_name  # noqa: PLC0415 - few have rules, and it is slow

    head, colon, rest = name.partition(":")
    if head.endswith(".py"):
        return head
    return f"{canonicalize_name(head)}{colon}{rest}"
