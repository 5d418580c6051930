"""Writes the JSON Schema of chains in YAML, with the options of every plugin of a registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from copydesk.config.format import (
    CaseFormat,
    ChainFormat,
    FirstFormat,
    MemberFormat,
    StepFormat,
    UseFormat,
)
from copydesk.config.layer import CHOICES
from copydesk.config.overlay import CHANGES, ProfileFormat
from copydesk.config.steps import LANGUAGE
from copydesk.fields import REQUIRED
from copydesk.registry import Offer, Registry, Seam
from copydesk.schemas.classes import DIALECT, Schema, Writer, sort_definitions
from copydesk.schemas.expectations import describe_expectations

_VARIABLE: Schema = {"type": "string", "pattern": r"\$\{"}
"""Any value may be a variable of the environment, or hold one."""
_BOUNDS = {"enum", "const", "pattern", "maxLength"}


def describe_config(registry: Registry) -> Schema:
    """Return the schema of a chain in YAML."""
    root = _ChainWriter(registry).describe()
    head = {"$schema": DIALECT, "$id": "urn:copydesk:config:1", "title": "Chain"}
    return head | root


@define
class _ChainWriter:
    """Writes the schema of a chain, whole and in its parts."""

    registry: Registry
    writer: Writer = field(
        factory=lambda: Writer(lambda field: field.default is REQUIRED, _allow_variables)
    )

    def describe(self) -> Schema:
        """Return the schema of the whole."""
        root = self.writer.instance(ChainFormat)
        keys = root["properties"]
        required = root.pop("required")
        self._define_choices()
        self._define_steps()
        keys["chain"]["items"] = {"$ref": "#/$defs/step"}
        keys["change"]["items"] = {"$ref": "#/$defs/change"}
        keys["tests"]["items"] = {"$ref": "#/$defs/test"}
        keys["profiles"]["additionalProperties"] = {"$ref": "#/$defs/profile"}
        keys["profiles"]["type"] = "object"
        self._define_change()
        self._define_test()
        self._define_profile(keys)
        # what lies below may give the rest
        root["if"] = {"required": ["include"]}
        root["then"] = {"properties": _refer("{} over another")}
        root["else"] = {"properties": _refer("{}"), "required": required}
        return root | {"$defs": sort_definitions(self.writer.definitions)}

    def _define_choices(self) -> None:
        """Define the choices of plugins, whole and as they lie over another choice."""
        for seam in CHOICES:
            offers = self.registry.offers(seam)
            plugins = {offer.spec.name: self._options(seam, offer) for offer in offers}
            table = _choose(self.writer.instance(UseFormat), plugins)
            bare = _bare(plugins)
            self.writer.define(seam, {"anyOf": [bare, table]})
            over = _choose(self.writer.instance(UseFormat), plugins, is_whole=False)
            self.writer.define(f"{seam} over another", {"anyOf": [bare, over]})

    def _define_steps(self) -> None:
        """Define a step, one inside `first`, and a `first`."""
        offers = self.registry.offers("step")
        plugins = {offer.spec.name: self._options("step", offer) for offer in offers}
        bare = _bare(plugins)
        for name, cls in (("single step", StepFormat), ("member", MemberFormat)):
            table = _choose(self.writer.instance(cls), plugins)
            table["properties"]["options_by_language"] |= {
                "type": "object",
                "propertyNames": {"pattern": f"^(?:{LANGUAGE.pattern})$"},
            }
            self.writer.define(name, table)
        first = self.writer.instance(FirstFormat)
        first["properties"]["first"]["items"] = {"anyOf": [bare, {"$ref": "#/$defs/member"}]}
        self.writer.define("first", first)
        tables = {"if": {"required": ["first"]}, "then": {"$ref": "#/$defs/first"}}
        tables["else"] = {"$ref": "#/$defs/single step"}
        self.writer.define("step", {"anyOf": [bare, {"type": "object"} | tables]})

    def _define_change(self) -> None:
        changes = [self.writer.instance(cls) for cls in CHANGES.values()]
        for change in changes:
            for key in {"with", "insert"} & set(change["properties"]):
                change["properties"][key] |= {"$ref": "#/$defs/step"}
            if "of" in change["properties"]:
                change["properties"]["options"]["type"] = "object"
        self.writer.define("change", {"anyOf": changes})

    def _define_test(self) -> None:
        """Define a test, and what it may expect."""
        test = self.writer.instance(CaseFormat)
        told = test["properties"]["expect"]["description"]
        test["properties"]["expect"] = {"description": told} | describe_expectations(self.writer)
        test["oneOf"] = [{"required": ["item"]}, {"required": ["text"]}]
        self.writer.define("test", test)

    def _define_profile(self, keys: dict[str, Schema]) -> None:
        """Define a profile: like a chain that lies over another one."""
        profile = self.writer.instance(ProfileFormat)
        for key, schema in profile["properties"].items():
            told = schema["description"]
            schema.clear()
            schema |= {**keys[key], "description": told}
            schema.pop("default", None)
        for seam, reference in _refer("{} over another").items():
            profile["properties"][seam] |= reference
        self.writer.define("profile", profile)

    def _options(self, seam: Seam, offer: Offer) -> tuple[Schema, list[str]]:
        """Return a reference to the schema of a plugin's options, and which must be there."""
        schema = self.writer.instance(offer.spec.options)
        demanded = schema.pop("required", [])
        if seam != "step":
            # the command line may give the path instead
            demanded = [name for name in demanded if name != "path"]
        return self.writer.define(f"{seam}.{offer.spec.name}", schema), demanded


_Plugins = dict[str, tuple[Schema, list[str]]]
"""Schemas of options, and which of them must be there, by the name of the plugin."""


def _refer(name: str) -> dict[str, Schema]:
    return {seam: {"$ref": f"#/$defs/{name.format(seam)}"} for seam in CHOICES}


def _bare(plugins: _Plugins) -> Schema:
    """Return the schema of a name by itself, of what needs no options."""
    names = [name for name, (_, demanded) in plugins.items() if not demanded]
    return {"type": "string", "anyOf": [{"enum": names}, _VARIABLE]}


def _choose(table: Schema, plugins: _Plugins, *, is_whole: bool = True) -> Schema:
    """Return the schema of a choice whose options depend on the name of the plugin."""
    keys = table["properties"]
    keys["use"] = {"description": keys["use"]["description"]} | {
        "anyOf": [{"enum": list(plugins)}, _VARIABLE]
    }
    keys["options"] |= {"type": ["object", "null"]}
    table["allOf"] = [
        {
            "if": {"properties": {"use": {"const": name}}, "required": ["use"]},
            "then": _describe_choice(options, demanded if is_whole else [], keys),
        }
        for name, (options, demanded) in plugins.items()
    ]
    if not is_whole:
        del table["required"]
    return table


def _describe_choice(options: Schema, demanded: Sequence[str], keys: dict[str, Any]) -> Schema:
    """Return what holds for the options of one plugin."""
    if demanded:
        then: Schema = {"properties": {"options": options | {"required": list(demanded)}}}
        then["required"] = ["options"]
    else:
        then = {"properties": {"options": {"anyOf": [options, {"type": "null"}]}}}
    if "options_by_language" in keys:
        then["properties"]["options_by_language"] = {"additionalProperties": options}
    return then


def _allow_variables(schema: Schema) -> Schema:
    """Return the schema of a field that a variable of the environment may fill."""
    schema = dict(schema)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            schema[key] = _allow_variables(schema[key])
    for key in ("anyOf", "prefixItems"):
        if key in schema:
            schema[key] = [_allow_variables(choice) for choice in schema[key]]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    if not _BOUNDS & set(schema):
        if kinds and "string" not in kinds and not {"array", "object"} & set(kinds):
            schema |= {"type": [*kinds, "string"], "pattern": _VARIABLE["pattern"]}
        return schema
    told = {
        key: schema.pop(key) for key in ("description", "default", "deprecated") if key in schema
    }
    return {"anyOf": [schema, _VARIABLE]} | told
