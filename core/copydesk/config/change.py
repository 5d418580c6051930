"""Changes the steps of a chain that lies below: `change` in a chain or in a profile."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from copydesk.config.labels import Change, change_step, labels_of
from copydesk.config.layer import lay_options
from copydesk.config.node import Listing, Node, Table, describe, shorten
from copydesk.config.overlay import CHANGES
from copydesk.config.shorthand import spell_out
from copydesk.config.structure import take
from copydesk.fault import Fault, Place
from copydesk.fields import fields_of
from copydesk.suggestion import suggest


def change_steps(chain: Listing, changes: Listing, faults: list[Fault]) -> Listing:
    """Return a chain after a list of changes, made one after the other."""
    changer = _Changer(faults)
    for change in changes.nodes:
        chain = changer.make(chain, change)
    return chain


@frozen
class _Changer:
    """Makes changes, and tells the faults of those that cannot be made."""

    faults: list[Fault]

    def make(self, chain: Listing, node: Node) -> Listing:
        """Return a chain with one change made."""
        word = next((word for word in CHANGES if isinstance(node, Table) and node.get(word)), None)
        if word is None or not isinstance(node, Table):
            self.faults.append(_explain_change(node))
            return chain
        cls = CHANGES[word]
        keys = take(node, cls, self.faults, "key", f"a change with '{word}'")
        if not {field.name for field in fields_of(cls)} <= keys.keys():
            return chain
        return self._apply(chain, node, word, keys)

    def _apply(self, chain: Listing, node: Table, word: str, keys: dict[str, Any]) -> Listing:
        if word == "replace":
            return self._change(chain, node, "replace", lambda _: (keys["with"],))
        if word == "remove":
            return self._change(chain, node, "remove", lambda _: ())
        if word == "options":
            return self._change(chain, node, "of", lambda step: (_give(step, keys["options"]),))
        if keys["before"] is not None and keys["after"] is None:
            return self._change(chain, node, "before", lambda step: (keys["insert"], step))
        if keys["after"] is not None and keys["before"] is None:
            return self._change(chain, node, "after", lambda step: (step, keys["insert"]))
        message = "a change with 'insert' needs one place; give the label of 'before' or of 'after'"
        self.faults.append(Fault(node.place, message))
        return chain

    def _change(self, chain: Listing, node: Table, key: str, change: Change) -> Listing:
        """Return a chain with the step changed whose label stands under a key."""
        target = node.get(key)
        label = str(getattr(target, "value", ""))
        changed = change_step(chain, label, change)
        if changed is chain:
            place = node.place if target is None else target.place
            self.faults.append(explain_label(place, label, chain))
        return changed


def explain_label(place: Place, label: str, chain: Node | None) -> Fault:
    """Return the fault of a label that no step has."""
    advice = suggest(label, labels_of(chain), "label")
    return Fault(place, f"no step is labelled '{label}'; {advice}")


def _give(step: Node, options: Node) -> Node:
    """Return a step with options over its own."""
    table = spell_out(step)
    if not isinstance(table, Table):
        return step
    before = table.get("options")
    return table.replace("options", options if before is None else lay_options(options, before))


def _explain_change(node: Node) -> Fault:
    """Return the fault of something that is no change."""
    if isinstance(node, Table) and node.entries:
        key = node.entries[0].key
        name = str(key.value)
        return Fault(
            key.place, f"unknown change '{shorten(name)}'; {suggest(name, CHANGES, 'change')}"
        )
    return Fault(node.place, f"change: found {describe(node)}; give a mapping with {_words()}")


def _words() -> str:
    words = [f"'{word}'" for word in CHANGES]
    return f"{', '.join(words[:-1])} or {words[-1]}"
