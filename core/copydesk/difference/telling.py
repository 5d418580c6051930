"""Tells differences, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.difference.tally import Line, Tally
from copydesk.expectations.operators import show
from copydesk.printing.terminal import Paint

_VALUES = 5  # pairs of values of a field that are told
_EXAMPLES = 2
_LONG = 160  # characters of a value in an example


def tell(tally: Tally, paint: Paint) -> Iterator[str]:
    """Yield the differences: how many, then by step and field, with examples."""
    whole = f"{tally.compared:,}"
    yield paint("bold", f"{whole} compared, {tally.differ:,} differ{_share(tally)}")
    for remark, count in tally.remarks.most_common():
        yield f"  {count:,} {paint.clean(remark)}"
    step_width = max((len(step) for step, _, _ in tally.ranked()), default=0)
    field_width = max((len(field) for _, field, _ in tally.ranked()), default=0)
    for step, field, line in tally.ranked():
        name = f"{step or '-':<{step_width}}  {paint('cyan', f'{field:<{field_width}}')}"
        yield f"{name}  {line.count:,} of {whole} change{_values(line, paint)}"
        for example in line.examples[:_EXAMPLES]:
            place = "" if example.at is None else f"at character {example.at:,} "
            values = f"{place}{_cut(show(example.before))} -> {_cut(show(example.after))}"
            yield paint("faint", f"    {paint.clean(example.key)}: ") + values
    for key, fields in sorted(tally.documents.items()):
        yield f"{paint.clean(key)}: {', '.join(fields)}"


def to_plain(tally: Tally) -> dict[str, Any]:
    """Return the differences as JSON data."""
    plain: dict[str, Any] = {
        "compared": tally.compared,
        "differ": tally.differ,
        "remarks": dict(tally.remarks),
        "fields": [_plain(step, field, line) for step, field, line in tally.ranked()],
    }
    if tally.keeps_keys:
        plain["documents"] = [
            {"key": k, "fields": names} for k, names in sorted(tally.documents.items())
        ]
    return plain


def _plain(step: str, field: str, line: Line) -> dict[str, Any]:
    return {
        "step": step,
        "field": field,
        "count": line.count,
        "gone": line.gone,
        "new": line.new,
        "values": [
            {"before": before, "after": after, "count": count}
            for (before, after), count in line.transitions.most_common()
        ],
        "examples": [
            {"key": each.key, "before": each.before, "after": each.after, "at": each.at}
            for each in line.examples
        ],
    }


def _share(tally: Tally) -> str:
    return f" ({100 * tally.differ / tally.compared:.3g} %)" if tally.differ else ""


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


def _values(line: Line, paint: Paint) -> str:
    if line.gone or line.new:
        return f", {line.gone:,} gone, {line.new:,} new"
    pairs = line.transitions.most_common(_VALUES)
    # values that hardly ever repeat say nothing
    if len(line.transitions) > _VALUES and sum(n for _, n in pairs) < line.count / 10:
        return ""
    if not pairs:
        return ""
    told = (f"{count:,} of them {paint.clean(a)} -> {paint.clean(b)}" for (a, b), count in pairs)
    return f", {', '.join(told)}"
