"""The options of the store `postgres`."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import ge, matches_re, optional


@frozen
class Options:
    """Where the store is, and what it keeps."""

    url: str
    """The database: `postgresql://user@host/name`, or another connection string of libpq. Leave the
    password to `PGPASSWORD` or `~/.pgpass`: chains are copied."""
    schema: str = field(default="copydesk", validator=matches_re(r"[a-z_][a-z0-9_]{0,62}"))
    """The schema that the tables are in; it and they are made when missing. Another schema is
    another store."""
    keep_runs: int | None = field(default=None, validator=optional(ge(1)))
    """How many runs the store can go back to; older records that no longer count are removed at the
    end of each run. Without it all stay."""
