"""Visits plugins one after the other, and says of each what is wrong with it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from copydesk.admission import Rule, find_refusal, fits
from copydesk.doctor.examination import Examination
from copydesk.doctor.finding import Finding, find
from copydesk.doctor.visit import Visit, visit
from copydesk.errors import PluginError
from copydesk.plugin import Plugin
from copydesk.suggestion import suggest


@frozen
class Report:
    """What was found of one plugin."""

    visit: Visit
    findings: Sequence[Finding]

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be mended."""
        return all(finding.severity == "note" for finding in self.findings)


def go_round(
    plugins: Sequence[Plugin], rules: Sequence[Rule], name: str | None, timeout_seconds: float
) -> list[Report]:
    """Return a report on each plugin, or on those that a name means.

    All are visited, as any may clash with any; what the rules refuse is not imported. Raises
    `PluginError` where the name means none.
    """
    refusals = [find_refusal(plugin, rules) for plugin in plugins]
    admitted = [plugin for plugin, refusal in zip(plugins, refusals, strict=True) if not refusal]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        visits = list(pool.map(lambda plugin: visit(plugin, timeout_seconds), admitted))
    claims: dict[tuple[str, str], list[Plugin]] = defaultdict(list)
    for made in visits:
        for offer in made.examination.offers:
            claims[offer.seam, offer.name].append(made.plugin)
    reports = [Report(made, find(made, claims)) for made in visits]
    for plugin, refusal in zip(plugins, refusals, strict=True):
        if refusal is not None:
            blocked = Finding("note", "blocked", f"{refusal}; it was not imported")
            reports.append(Report(Visit(plugin, Examination(0.0)), [blocked]))
    return reports if name is None else _select(reports, name)


def _select(reports: Sequence[Report], name: str) -> list[Report]:
    """Return the reports on what a name means: a distribution, an entry point, or an offer."""
    meant = [
        report
        for report in reports
        if fits(name, report.visit.plugin)
        or name in {offer.name for offer in report.visit.examination.offers}
    ]
    if meant:
        return meant
    known = {report.visit.plugin.distribution for report in reports}
    known |= {offer.name for report in reports for offer in report.visit.examination.offers}
    raise PluginError(f"no plugin '{name}' is installed; {suggest(name, known, 'plugin')}")
