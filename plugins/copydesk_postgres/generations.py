"""Goes back to the state at the end of an earlier run, and forgets what only old runs need."""

from __future__ import annotations

from typing import Any

from copydesk.api import StoreError
from copydesk_postgres.rows import last_number

_KEPT = "SELECT kept FROM run WHERE id = %s"
_CONTENT = (
    "state, size, modified, sha256, fingerprint, step, reason, traceback, attempts, record, told"
)
_PAST = "run <= %(past)s AND (until IS NULL OR until > %(past)s)"
_DIFFERENT = " OR ".join(
    f"past.{name} IS DISTINCT FROM present.{name}" for name in _CONTENT.split(", ")
)

# Items whose row of then differs from that of now; none of then: the item was not yet there.
_TABLE = "CREATE TEMP TABLE change (present bigint, past bigint) ON COMMIT DROP"
_CHANGES = f"""INSERT INTO change SELECT present.id, past.id
FROM ledger AS present
LEFT JOIN (SELECT * FROM ledger WHERE {_PAST}) AS past ON past.key = present.key
WHERE present.until IS NULL AND CASE WHEN past.id IS NULL
  THEN present.state <> 'gone' OR present.record IS NOT NULL ELSE {_DIFFERENT} END"""  # noqa: S608
_REPLACE = "UPDATE ledger SET until = %(run)s WHERE id IN (SELECT present FROM change)"
_RESTORE = f"""INSERT INTO ledger (id, run, key, {_CONTENT})
SELECT %(last)s + row_number() OVER (), %(run)s, key, {_CONTENT}
FROM ledger WHERE id IN (SELECT past FROM change)"""  # noqa: S608
_WITHDRAW = """INSERT INTO ledger (id, run, key, state, size, modified, sha256, fingerprint, step,
 reason, traceback, attempts)
SELECT %(last)s + row_number() OVER (), %(run)s, key, 'gone', size, modified, sha256, '', '',
 'not yet there in run ' || %(past)s, '', 0
FROM ledger WHERE id IN (SELECT present FROM change WHERE past IS NULL)"""

_OLDEST = "SELECT id FROM run WHERE kept ORDER BY id DESC LIMIT 1 OFFSET %s"
_FORGET = "DELETE FROM ledger WHERE until <= %s RETURNING record"
_REMOVE = """DELETE FROM record WHERE id = ANY(%s)
AND NOT EXISTS (SELECT FROM ledger WHERE ledger.record = record.id)"""


def roll_back(connection: Any, past: int, run: int) -> dict[str, int]:
    """Make the state at the end of run `past` current, as the work of run `run`.

    Returns how many items were `restored` and `withdrawn`; raises `StoreError` if `past` cannot be
    gone back to. To be called in a transaction.
    """
    found = connection.execute(_KEPT, [past]).fetchone()
    if found is None or not found[0]:
        raise StoreError(f"there is no run {past} to go back to; `copydesk runs` lists them")
    names = {"past": past, "run": run}
    connection.execute(_TABLE)
    connection.execute(_CHANGES, names)
    connection.execute(_REPLACE, names)
    names["last"] = last_number(connection)
    restored = connection.execute(_RESTORE, names).rowcount
    names["last"] += restored
    withdrawn = connection.execute(_WITHDRAW, names).rowcount
    return {"restored": restored, "withdrawn": withdrawn}


def prune(connection: Any, keep: int) -> None:
    """Remove rows and records that were replaced before the newest `keep` runs had ended.

    To be called in a transaction.
    """
    oldest = connection.execute(_OLDEST, [keep - 1]).fetchone()
    if oldest is None:
        return
    connection.execute("UPDATE run SET kept = false WHERE id < %s AND kept", oldest)
    freed = connection.execute(_FORGET, oldest).fetchall()
    connection.execute(_REMOVE, [[row[0] for row in freed if row[0] is not None]])
