"""What is wrong with a plugin, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from copydesk.api import API_VERSION
from copydesk.doctor.requirement import find_absent, find_unmet, tell_how_to_get
from copydesk.doctor.visit import Visit
from copydesk.plugin import Plugin

Severity = Literal["error", "warning", "note"]
Claims = Mapping[tuple[str, str], Sequence[Plugin]]
"""Who offers each name of a seam."""

HEAVY = {
    "PIL", "babel", "boto3", "bs4", "cv2", "duckdb", "flair", "gensim", "jax", "keras", "lxml",
    "matplotlib", "nltk", "numpy", "openai", "pandas", "polars", "py3langid", "pyarrow", "pycld2",
    "pydantic", "ray", "requests", "scipy", "sentence_transformers", "sklearn", "spacy",
    "sqlalchemy", "stanza", "tensorflow", "torch", "trafilatura", "transformers",
}  # fmt: skip
"""Libraries that are slow to import, or draw in what is."""
_SLOW = 0.1  # seconds of any other library that are worth telling
_LONG = 0.5  # seconds of CPU of an import as a whole that are


@frozen
class Finding:
    """One thing that was found."""

    severity: Severity
    """An `error` keeps the plugin from being used; a `warning` is to be mended; a `note` is not."""
    kind: str
    detail: str
    """What was found; what to do."""


def find(visit: Visit, claims: Claims) -> list[Finding]:
    """Return all that is worth telling of a plugin, the gravest first."""
    found = [
        *_find_failures(visit),
        *_find_clashes(visit, claims),
        *_find_needs(visit.plugin),
        *_find_noise(visit),
        *_find_weight(visit),
        *_find_silence(visit),
        *_find_absent(visit),
    ]
    order = ("error", "warning", "note")
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _find_failures(visit: Visit) -> Iterator[Finding]:
    plugin, seen = visit.plugin, visit.examination
    if seen.kind == "incompatible":
        yield Finding("error", "api", f"{seen.detail}; get a version for this one")
    elif seen.kind and not plugin.is_file and _names(plugin.module, seen.missing):
        what = (
            f"the entry point names the module '{plugin.module}', and there is no '{seen.missing}'"
        )
        advice = "mend [project.entry-points.copydesk], or install it again"
        yield Finding("error", "entry point", f"{what}; {advice}")
    elif seen.missing:
        how = tell_how_to_get(seen.missing, plugin.distribution)
        yield Finding("error", "missing", f"'{seen.missing}' is not installed; {how} brings it")
    elif seen.kind:
        kind = "hangs" if "has not come to an end" in seen.detail else "broken"
        advice = "run nothing at the top of a module" if kind == "hangs" else "mend it"
        yield Finding("error", kind, f"{seen.detail}; {advice}, or block {plugin.distribution}")


def _find_clashes(visit: Visit, claims: Claims) -> Iterator[Finding]:
    for offer in visit.examination.offers:
        others = [it.name for it in claims[offer.seam, offer.name] if it is not visit.plugin]
        if others:
            what = f"the {offer.seam} '{offer.name}' is offered by {', '.join(others)} too"
            advice = "no chain can use it; uninstall or block one"
            yield Finding("error", "clash", f"{what}; {advice}")


def _find_needs(plugin: Plugin) -> Iterator[Finding]:
    for requirement, there in () if plugin.is_file else find_unmet(plugin.distribution):
        what = f"it needs {requirement.name}{requirement.specifier}"
        is_there = f"{there} is installed" if there else "it is not installed"
        wanted = f"{requirement.name}{requirement.specifier}"
        yield Finding("error", "requires", f"{what}, {is_there}; `pip install '{wanted}'`")


def _find_noise(visit: Visit) -> Iterator[Finding]:
    if visit.printed and not (visit.examination.kind and "Traceback" in visit.printed):
        what = f"it prints when it is imported: {visit.printed!r}"
        yield Finding("warning", "prints", f"{what}; stdout is for records, so print nothing")


def _find_weight(visit: Visit) -> Iterator[Finding]:
    seconds = visit.examination.seconds
    heavy = {
        name: cost
        for name, cost in visit.libraries.items()
        if name in HEAVY or (cost > _SLOW and seconds > _SLOW)
    }
    advice = "every run imports every plugin, so import them where they are used: in `build`"
    if heavy:
        by_cost = sorted(heavy, key=lambda name: -heavy[name])
        told = ", ".join(f"{name} ({heavy[name]:.2f} s)" for name in by_cost)
        yield Finding("warning", "heavy", f"it imports {told}; {advice}")
    elif seconds > _LONG:
        yield Finding("warning", "slow", f"its import takes {seconds:.2f} s of CPU; do less there")


def _find_silence(visit: Visit) -> Iterator[Finding]:
    for offer in visit.examination.offers:
        if offer.undocumented:
            names = ", ".join(offer.undocumented)
            what = f"{offer.name}: no word of what it does is said of {names}"
            yield Finding("warning", "options", f"{what}; write a docstring below each option")
        if not offer.has_summary:
            what = f"{offer.name}: it is not said what it does"
            yield Finding("warning", "summary", f"{what}; begin its class with a docstring")
    if visit.examination.offers and not visit.examination.api and not visit.plugin.is_own:
        major = int(API_VERSION.partition(".")[0])
        line = f'copydesk_api = ">={major},<{major + 1}"'
        yield Finding("note", "api", f"it states no range of the API; add {line} to its module")


def _find_absent(visit: Visit) -> Iterator[Finding]:
    if visit.examination.missing:
        return
    for library in find_absent(visit.plugin):
        how = tell_how_to_get(library, visit.plugin.distribution)
        yield Finding("note", "extra", f"parts of it need '{library}'; {how} brings it")


def _names(module: str, missing: str) -> bool:
    """Return whether what is missing is the module of an entry point, or a package around it."""
    return bool(missing) and f"{module}.".startswith(f"{missing}.")
