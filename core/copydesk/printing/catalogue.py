"""Prints what plugins offer, for people and for programs."""

from __future__ import annotations

import json
import sys
from textwrap import wrap
from typing import Any

import attrs

from copydesk.bounds import bounds_of, describe_bounds
from copydesk.errors import PluginError
from copydesk.fields import REQUIRED, describe_type, fields_of, spell
from copydesk.registry import SEAMS, Offer, Registry
from copydesk.spec import StepSpec


def list_plugins(registry: Registry, *, as_json: bool) -> int:
    """Print every usable offer, and on stderr the plugins that cannot be used; 1 if there are."""
    offers = [offer for seam in SEAMS for offer in registry.offers(seam)]
    if as_json:
        problems = [attrs.asdict(problem) for problem in registry.problems]
        print(json.dumps({"offers": [_plain(o) for o in offers], "problems": problems}, indent=2))
    else:
        _print_table(
            ("seam", "name", "version", "from", "what it does"),
            [(o.seam, o.spec.name, o.version, o.plugin, o.summary) for o in offers],
        )
    for problem in registry.problems:
        print(f"{problem.kind}: {problem.plugin}: {problem.detail}", file=sys.stderr)
    return 1 if any(problem.kind != "blocked" for problem in registry.problems) else 0


def show_plugin(registry: Registry, name: str, *, as_json: bool) -> int:
    """Print one offer whole; raises `PluginError` if nobody offers the name."""
    offers = [offer for seam in SEAMS for offer in registry.offers(seam) if offer.spec.name == name]
    if not offers:
        raise _unknown(registry, name)
    for offer in offers:
        print(json.dumps(_plain(offer), indent=2) if as_json else "\n".join(describe(offer)))
    return 0


def describe(offer: Offer) -> list[str]:
    """Return an offer in lines: what it is, needs and gives, and its options."""
    spec = offer.spec
    lines = [f"{spec.name} ({offer.seam})", f"  {offer.summary}", ""]
    lines.append(f"  from     {offer.plugin} {offer.version}, module {offer.module}")
    if isinstance(spec, StepSpec):
        lines.append(f"  kind     {spec.kind}")
        lines.append(f"  needs    {', '.join(spec.needs) or 'nothing'}")
        lines.append(f"  gives    {', '.join(spec.gives) or 'nothing'}")
        lines += [f"  {what:8} {', '.join(names)}" for what, names in _declared(spec).items()]
    fields = fields_of(spec.options)
    lines.append("  options" if fields else "  options  none")
    for field in fields:
        default = "required" if field.default is REQUIRED else f"default {spell(field.default)}"
        bounds = describe_bounds(bounds_of(field.attribute.validator))
        kind = ", ".join(filter(None, (describe_type(field.kind), bounds)))
        lines.append(f"    {field.name}: {kind}; {default}")
        lines += wrap(
            field.documentation or "not documented",
            100, initial_indent="      ", subsequent_indent="      ",
        )  # fmt: skip
    return lines


def _declared(spec: StepSpec[Any]) -> dict[str, list[str]]:
    """Return what a step says it gives, beyond the names of fields."""
    extra = [f"{name}.{field.name}" for name, cls in spec.extra.items() for field in fields_of(cls)]
    declared = {"labels": spec.labels, "reasons": spec.reasons, "metadata": spec.metadata}
    return {what: list(names) for what, names in {**declared, "extra": extra}.items() if names}


def _plain(offer: Offer) -> dict[str, Any]:
    spec = offer.spec
    plain: dict[str, Any] = {
        "seam": offer.seam,
        "name": spec.name,
        "version": offer.version,
        "plugin": offer.plugin,
        "module": offer.module,
        "summary": offer.summary,
    }
    if isinstance(spec, StepSpec):
        plain |= {"kind": spec.kind, "needs": spec.needs, "gives": spec.gives}
        plain |= _declared(spec)
    plain["options"] = [
        {
            "name": field.name,
            "type": describe_type(field.kind),
            "required": field.default is REQUIRED,
            "default": None if field.default is REQUIRED else spell(field.default),
            "documentation": field.documentation,
        }
        for field in fields_of(spec.options)
    ]
    return plain


def _unknown(registry: Registry, name: str) -> PluginError:
    """Return the error of the seam that knows a similar name best."""
    messages = []
    for seam in SEAMS:
        try:
            registry.offer(seam, name)
        except PluginError as error:
            messages.append(str(error))
    hints = [message for message in messages if "did you mean" in message or "two " in message]
    return PluginError(hints[0] if hints else f"no plugin offers '{name}'; see `copydesk plugins`")


def _print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head) - 1)]
    for row in [head, *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[-1]]).rstrip())
