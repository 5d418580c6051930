"""The executor `local`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.spec import Work
from copydesk.workers.cores import count_cores
from copydesk.workers.options import Options
from copydesk.workers.supervisor import Supervisor


@frozen
class Local:
    """Runs the work in processes on this machine."""

    options: Options

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Yield one outcome for each item, in any order, whatever happens to the workers.

        Raises `CopydeskError` when the steps cannot be built. Closing the iterator kills all
        processes at once.
        """
        workers = self.options.workers
        count = count_cores() if workers == "auto" else workers
        return Supervisor(work, items, self.options, count).outcomes()
