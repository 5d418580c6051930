"""The chain: conditions, drops, and what each `on_error` makes of a failing step."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from attrs import evolve

from copydesk.api import (
    Document,
    DocumentError,
    Drop,
    Encoding,
    Entity,
    Item,
    Language,
    Metadata,
    NoOptions,
    StepSpec,
)
from copydesk.chain import Chain
from copydesk.config import First, StepUse
from copydesk.errors import PluginError
from copydesk.fault import Origin, Place
from copydesk.registry import Offer
from copydesk.steps.passage import Dropped, Failed, Finished, Passage, Stage, Way

Act = Callable[[Document], Any]
PLACE = Place(Origin("chain.yaml", Path()))


class Acting:
    """A step that does what it is given."""

    closed = False

    def __init__(self, act: Act) -> None:
        self.process = act

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def use(act: Act | Acting, label: str = "it", needs: tuple[str, ...] = (), **keys: Any) -> StepUse:
    """Return a configured step that calls `act`."""
    step = act if isinstance(act, Acting) else Acting(act)
    spec = StepSpec("x.it", NoOptions, lambda _: step, needs=needs)
    offer = Offer("step", spec, "dist", "2", "module")
    return StepUse("x.it", offer, NoOptions(), label, place=PLACE, **keys)


def chain(*uses: StepUse) -> Chain:
    """Return the chain, built."""
    return Chain(uses, lambda place, seconds: None)


class Batching:
    """A step that takes batches, and remembers which."""

    closed = False

    def __init__(self, act: Act) -> None:
        self.act = act
        self.given: list[list[str]] = []

    def process_batch(self, documents: Sequence[Document]) -> list[Any]:
        """Do what it is given with each."""
        self.given.append([document.item.uri for document in documents])
        return [self.act(document) for document in documents]

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def batch(act: Act | Batching, label: str = "batch", **keys: Any) -> StepUse:
    """Return a configured step that takes batches."""
    step = act if isinstance(act, Batching) else Batching(act)
    spec = StepSpec("x.batch", NoOptions, lambda _: step, needs=())
    offer = Offer("step", spec, "dist", "2", "module")
    return StepUse("x.batch", offer, NoOptions(), label, place=PLACE, **keys)


def fail(document: Document) -> Document:
    """Fail as a plugin with a bug does."""
    return document.item.nothing  # type: ignore[attr-defined, no-any-return]


def refuse(document: Document) -> Document:
    """Fail as a plugin that knows why does."""
    raise DocumentError("too\nblurred")


def mark(text: str) -> Act:
    """Return a step that adds to the text."""
    return lambda document: evolve(document, text=(document.text or "") + text)


DOCUMENT = Document(Item("a.txt"), b"raw", media_type="text/plain")


def test_steps_run_in_order_and_leave_a_trace() -> None:
    """Each step sees what the one before made, and is traced with plugin and version."""
    passage = chain(use(mark("a"), "one"), use(mark("b"), "two")).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Finished)
    assert "ab" == result.document.text
    assert [("one", "dist", "2", "done"), ("two", "dist", "2", "done")] == [
        (trace.label, trace.plugin, trace.version, trace.outcome) for trace in passage.traces
    ]


def test_false_condition_skips() -> None:
    """A step whose condition is false is passed over and traced as skipped."""
    html = use(mark("x"), when='document.media_type == "text/html"')
    plain = use(mark("y"), when='document.media_type == "text/plain"')

    passage = chain(html, plain).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Finished)
    assert ("y", ["skipped", "done"]) == (result.document.text, [t.outcome for t in passage.traces])


def test_drop_ends_the_way() -> None:
    """A step that drops ends the chain with its reason."""
    passage = chain(use(lambda d: Drop("too short"), "short"), use(fail)).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Dropped)
    assert ("short", "too short") == (result.step, result.reason)


def test_document_error_is_told_in_its_own_words() -> None:
    """A document error is one line, without type and traceback."""
    passage = chain(use(refuse, "blur")).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Failed)
    assert ("blur", "too blurred", "") == (result.step, result.reason, result.traceback)


def test_other_error_keeps_its_traceback() -> None:
    """An error nobody foresaw names its type and keeps its traceback."""
    passage = chain(use(fail)).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Failed)
    assert result.reason.startswith("AttributeError: ")
    assert "in fail" in result.traceback


def test_on_error_skip_goes_on_and_notes_it() -> None:
    """With `skip` the document goes on as it was, and the record notes the error."""
    passage = chain(use(refuse, on_error="skip"), use(mark("b"))).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Finished)
    assert "b" == result.document.text
    assert [("failed", "too blurred"), ("done", None)] == [
        (trace.outcome, trace.note) for trace in passage.traces
    ]


def test_on_error_drop_and_stop() -> None:
    """With `drop` the document is dropped for the error; with `stop` it has failed."""
    dropped = chain(use(refuse, on_error="drop")).process(DOCUMENT).end
    stopped = chain(use(refuse, on_error="stop")).process(DOCUMENT).end

    assert isinstance(dropped, Dropped)
    assert isinstance(stopped, Failed)


def test_missing_need_is_a_document_error() -> None:
    """A step whose need was not met, since a condition was false, says what is missing."""
    passage = chain(use(mark("x"), needs=("text",))).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Failed)
    assert "needs 'text'" in result.reason


def test_wrong_return_is_a_fault_of_the_plugin() -> None:
    """A step that returns no document fails with what it returned."""
    passage = chain(use(lambda d: None)).process(DOCUMENT)
    result = passage.end

    assert isinstance(result, Failed)
    assert "returned a NoneType" in result.reason


def test_drop_without_words_is_a_fault_of_the_plugin() -> None:
    """A step that drops for what is no text fails, and says what to return instead."""
    result = chain(use(lambda document: Drop(None))).process(DOCUMENT).end  # type: ignore[arg-type]

    assert isinstance(result, Failed)
    assert "TypeError: the step returned Drop(None), whose reason is a NoneType" in result.reason


class OwnError(BaseException):
    """An error that no `except Exception` catches."""


class LeavingError(Exception):
    """An error that exits where it is told."""

    def __str__(self) -> str:
        raise SystemExit(0)


class NotedError(Exception):
    """An error that exits where its notes are read."""

    @property
    def __notes__(self) -> Any:  # type: ignore[override]
        raise SystemExit(0)


OUTRAGES = [SystemExit(0), GeneratorExit(), OwnError(), LeavingError(), NotedError()]


def throw(error: BaseException) -> Act:
    """Return a step that raises."""

    def act(document: Document) -> Document:
        raise error

    return act


@pytest.fixture
def deaf() -> Iterator[None]:
    """Make this process deaf to Ctrl-C, as a worker is."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("error", OUTRAGES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("kind", [use, batch])
def test_whatever_a_step_raises_is_its_own(kind: Any, error: BaseException) -> None:
    """An error of any class is told under the step's label, and `on_error` holds for it."""
    failed = chain(kind(throw(error), "odd")).process(DOCUMENT).end
    skipped = chain(kind(throw(error), "odd", on_error="skip")).process(DOCUMENT).end
    dropped = chain(kind(throw(error), "odd", on_error="drop")).process(DOCUMENT).end

    assert isinstance(failed, Failed)
    assert "odd" == failed.step
    assert failed.reason.startswith(type(error).__name__)
    assert failed.traceback
    assert Finished(DOCUMENT) == skipped
    assert Dropped("odd", failed.reason) == dropped


@pytest.mark.parametrize("kind", [use, batch])
def test_interrupt_that_a_step_raises(kind: Any, deaf: None) -> None:
    """In a worker, which is deaf to Ctrl-C, a `KeyboardInterrupt` is the step's own."""
    failed = chain(kind(throw(KeyboardInterrupt()), "odd")).process(DOCUMENT).end

    assert isinstance(failed, Failed)
    assert ("odd", "KeyboardInterrupt") == (failed.step, failed.reason)


@pytest.mark.parametrize("kind", [use, batch])
def test_interrupt_of_the_terminal(kind: Any) -> None:
    """Where steps run in the user's own process, Ctrl-C ends them all."""
    with pytest.raises(KeyboardInterrupt):
        chain(kind(throw(KeyboardInterrupt()), on_error="skip")).process(DOCUMENT)


def test_new_entities_and_removed_carry_the_label() -> None:
    """What a step adds is stamped with its label; what was there keeps its own."""
    text = evolve(DOCUMENT, text="abc")

    def find(label: str) -> Act:
        entity = Entity(0, 1, "a", label)
        return lambda document: evolve(document, entities=(*document.entities, entity))

    cutting = use(lambda document: document.without([(2, 3)], "end"), "cut")
    passage = chain(use(find("A"), "one"), use(find("B"), "two"), cutting).process(text)
    result = passage.end

    assert isinstance(result, Finished)
    assert ["one", "two"] == [entity.step for entity in result.document.entities]
    assert ["cut"] == [piece.step for piece in result.document.removed]


def test_build_failure_names_the_step() -> None:
    """A step that cannot be built is an error with label, name, plugin and cause."""

    def build(options: NoOptions) -> Acting:
        raise OSError("no model")

    offer = Offer("step", StepSpec("x.it", NoOptions, build), "dist", "2", "module")
    broken = StepUse("x.it", offer, NoOptions(), "it", place=PLACE)

    with pytest.raises(
        PluginError, match=r"'it' \(x\.it from dist\) cannot be built: OSError: no model"
    ):
        chain(broken)


def test_entering_is_told_place_and_seconds() -> None:
    """Whoever watches the clock is told each step and how long it may take."""
    told = []
    watched = Chain(
        (use(mark("a"), "one"), use(mark("b"), "two", timeout_seconds=5.0)),
        lambda place, seconds: told.append((place, seconds)),
    )

    watched.process(DOCUMENT)

    assert [(0, 0.0), (1, 5.0), (2, 0.0)] == told


def test_watcher_sees_every_step() -> None:
    """Whoever watches is told what each step was given and what it returned or raised."""
    seen: list[Stage] = []
    steps = chain(
        use(mark("a"), "one"),
        use(mark("x"), "not", when='document.media_type == "text/html"'),
        use(refuse, "blur", on_error="skip"),
        use(lambda document: Drop("enough"), "drop"),
    )

    steps.process(DOCUMENT, watch=seen.append)
    one, skipped, blur, drop = seen

    assert ["one", "not", "blur", "drop"] == [stage.use.label for stage in seen]
    assert ["done", "skipped", "failed", "done"] == [stage.trace.outcome for stage in seen]
    assert one.before is DOCUMENT
    assert isinstance(one.after, Document)
    assert "a" == one.after.text
    assert skipped.before is blur.before is drop.before is one.after
    assert skipped.after is None
    assert isinstance(blur.after, DocumentError)
    assert drop.after == Drop("enough")


def test_close_closes_steps() -> None:
    """Steps that want to be closed are, even if one of them fails to."""
    first, second = Acting(fail), Acting(fail)
    first.close = lambda: 1 / 0  # type: ignore[assignment, method-assign]

    chain(use(first), use(second)).close()

    assert second.closed


def test_slow_results_are_kept_and_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a slow step made is given back packed, and spares its call when it is recalled."""
    calls = []
    now = 0.0  # a real clock would find the fast step slow whenever the machine is busy
    monkeypatch.setattr("copydesk.steps.passage.perf_counter", lambda: now)

    def slow(document: Document) -> Document:
        nonlocal now
        calls.append(document.item.key)
        now += 1
        return document.without([(0, 1)], "slow")

    def decode(document: Document) -> Document:
        nonlocal now
        now += 1
        return document.decoded("abc", Encoding("utf-8", "utf-8"))

    steps = chain(use(decode, "decode"), use(slow, "slow"), use(mark("!"), "fast"))
    first = steps.process(DOCUMENT)
    second = steps.process(DOCUMENT, dict(first.results))

    assert 1 == len(first.results)
    assert ["a.txt"] == calls
    assert first.end == second.end
    assert isinstance(second.end, Finished)
    assert "bc!" == second.end.document.text


@pytest.mark.parametrize("kind", [use, batch])
@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-1] + b"!", lambda kept: b"", lambda _: None]
)
def test_damaged_result_is_made_anew(kind: Any, damage: Callable[[bytes], Any]) -> None:
    """A kept result that cannot be read is no result: the step does it again, and it is kept."""

    def slow(document: Document) -> Document:
        sleep(0.002)
        return document.with_extra("mine", found=1)

    steps = chain(kind(slow))
    first = steps.process(DOCUMENT)
    ((key, kept),) = first.results
    again = steps.process(DOCUMENT, {key: damage(kept)})

    assert first.end == again.end
    assert first.results == again.results


@pytest.mark.parametrize(
    "other",
    [
        evolve(DOCUMENT, media_type="text/html"),
        evolve(DOCUMENT, item=Item("b.txt")),
        evolve(DOCUMENT, item=Item("a.txt", charset="koi8-r")),
        evolve(DOCUMENT, item=Item("a.txt", metadata=Metadata(title="Another"))),
    ],
)
def test_result_of_another_item_is_not_used(other: Document) -> None:
    """A result is good for the item it was made of: the same bytes elsewhere are done anew."""
    calls = []

    def slow(document: Document) -> Document:
        calls.append(document.item.key)
        sleep(0.002)
        return document.with_extra("mine", found=1)

    steps = chain(use(slow))
    steps.process(other, dict(steps.process(DOCUMENT).results))

    assert 2 == len(calls)


def test_result_after_a_failure_is_not_used_after_a_success() -> None:
    """What a step made while one before it failed is not what it makes when that one works."""
    broken = True

    def first(document: Document) -> Document:
        if broken:
            raise DocumentError("not today")
        return evolve(document, text="good")

    def last(document: Document) -> Document:
        sleep(0.002)
        return evolve(document, text=f"{document.text or 'bad'}!")

    steps = chain(use(first, "first", on_error="skip"), use(last, "last"))
    results = dict(steps.process(DOCUMENT).results)
    broken = False
    end = steps.process(DOCUMENT, results).end

    assert isinstance(end, Finished)
    assert "good!" == end.document.text


def test_text_that_a_step_sets_by_itself_gets_a_true_map() -> None:
    """A step that sets the text without the document's methods does not leave a map that lies."""
    entity = Entity(4, 7, "two", "NUMBER")
    document = evolve(
        DOCUMENT.decoded("one two THREE", Encoding("utf-8", "utf-8")), entities=(entity,)
    )

    shout = use(lambda document: evolve(document, text=f"{document.text or ''} !".upper()), "shout")
    result = chain(shout).process(document).end

    assert isinstance(result, Finished)
    after = result.document
    assert "ONE TWO THREE !" == after.text
    assert () == after.entities
    assert [("THREE", 8)] == [(after.text[s.start : s.end], s.source_start) for s in after.segments]


def keep(text: str | None) -> Act:
    """Return a step that sets the text, with no map."""
    return lambda document: evolve(document, text=text)


FIRST = First("best", PLACE)


def try_each(*acts: Act | tuple[Act, str], **keys: Any) -> tuple[Any, list[tuple[str, str | None]]]:
    """Return how a `first` of steps ends, and what the record says of each.

    A step may come with a condition.
    """
    pairs = [act if isinstance(act, tuple) else (act, None) for act in acts]
    uses = [
        use(act, f"s{number}", when=when, first=FIRST, **keys)
        for number, (act, when) in enumerate(pairs)
    ]
    passage = chain(use(mark("old"), "before"), *uses, use(mark("!"), "after")).process(DOCUMENT)
    traces = [trace for trace in passage.traces if trace.label.startswith("s")]
    return passage.end, [(trace.outcome, trace.note) for trace in traces]


def test_first_that_leaves_a_text_wins() -> None:
    """Of several steps the first that leaves a text is enough; the others are not tried."""
    end, traces = try_each(keep(" \n"), keep("b"), fail)

    assert isinstance(end, Finished)
    assert "b!" == end.document.text
    assert [
        ("failed", "it leaves no text"),
        ("done", None),
        ("skipped", "'s1' came first"),
    ] == traces


@pytest.mark.parametrize(
    ("act", "note"),
    [
        (keep(""), "it leaves no text"),
        (keep(None), "it leaves no text"),
        (keep("\u3000"), "it leaves no text"),
        (refuse, "too blurred"),
        (lambda document: Drop("advert"), "advert"),
    ],
)
def test_what_is_passed_over(act: Act, note: str) -> None:
    """Each step sees the document as it was before, whatever became of the one above it."""
    end, traces = try_each(act, mark(" b"))

    assert isinstance(end, Finished)
    assert "old b!" == end.document.text
    assert [("failed", note), ("done", None)] == traces


def test_error_that_nobody_foresaw_is_passed_over() -> None:
    """A bug of one step is noted, and the next one is tried."""
    end, traces = try_each(fail, keep("b"))

    assert isinstance(end, Finished)
    assert "AttributeError" in str(traces[0])


def test_last_failure_counts() -> None:
    """When all fail, the last failure is that of the document, with the label of its step."""
    failed, _ = try_each(keep(""), refuse)
    empty, _ = try_each(refuse, keep(""))
    dropped, _ = try_each(refuse, lambda document: Drop("advert"))

    assert Failed("s1", "too blurred", "") == failed
    assert Failed("s1", "it leaves no text", "") == empty
    assert Dropped("s1", "advert") == dropped


def test_on_error_of_first() -> None:
    """`on_error` decides for all of the steps together."""
    skipped, traces = try_each(keep(""), refuse, on_error="skip")
    dropped, _ = try_each(keep(""), refuse, on_error="drop")

    assert isinstance(skipped, Finished)
    assert "old!" == skipped.document.text
    assert ["failed", "failed"] == [outcome for outcome, _ in traces]
    assert Dropped("s1", "too blurred") == dropped


def test_conditions_inside_first() -> None:
    """A step whose condition is false is passed by; the failure before it still counts."""
    passed, traces = try_each((fail, "false"), keep("b"))
    failed, _ = try_each(refuse, (keep("b"), "false"))
    untouched, _ = try_each((fail, "false"), (fail, "false"))

    assert isinstance(passed, Finished)
    assert [("skipped", None), ("done", None)] == traces
    assert Failed("s0", "too blurred", "") == failed
    assert isinstance(untouched, Finished)
    assert "old!" == untouched.document.text


def test_places_inside_first() -> None:
    """Whoever watches the clock is told the place and the seconds of each step that is tried."""
    told: list[tuple[int, float]] = []
    uses = [
        use(refuse, "a", first=FIRST, timeout_seconds=3.0),
        use(keep("b"), "b", first=FIRST),
        use(fail, "c", first=FIRST),
        use(mark("!"), "d"),
    ]
    stages: list[Stage] = []
    Chain(uses, lambda *entered: told.append(entered)).process(DOCUMENT, watch=stages.append)

    assert [(0, 3.0), (1, 0.0), (3, 0.0), (4, 0.0)] == told
    assert ["a", "b", "c", "d"] == [stage.use.label for stage in stages]
    assert stages[2].after is None


def test_slow_results_inside_first_are_recalled() -> None:
    """A kept result of a step inside `first` spares its call, and it wins again."""
    calls = []

    def slow(document: Document) -> Document:
        calls.append(document.item.key)
        sleep(0.002)
        return document.with_text("slow text")

    steps = chain(
        use(lambda document: document.decoded("text", Encoding("utf-8", "utf-8")), "decode"),
        use(refuse, "a", first=FIRST),
        use(slow, "b", first=FIRST),
    )
    first = steps.process(DOCUMENT)
    second = steps.process(DOCUMENT, dict(first.results))

    assert ["a.txt"] == calls
    assert first.end == second.end


def side_by_side(count: int, *uses: StepUse, **recalled: Any) -> list[Passage]:
    """Return the passages of documents that go down a chain together."""
    ways = {
        number: Way(evolve(DOCUMENT, item=Item(f"{number}.txt"), text=f"{number}"), **recalled)
        for number in range(count)
    }
    chain(*uses).process_batch(ways, lambda first, last: None, 0.0)
    return [way.close() for way in ways.values()]


def ends(passages: Sequence[Passage]) -> list[str | None]:
    """Return the text of what finished, the reason of what did not."""
    return [
        passage.end.document.text if isinstance(passage.end, Finished) else passage.end.reason
        for passage in passages
    ]


def unless(uri: str, misdeed: Act) -> Act:
    """Return a step that marks each document, but one."""
    return lambda document: (misdeed if document.item.uri == uri else mark("!"))(document)


def test_batch_goes_down_as_one_document_does() -> None:
    """Steps before and after a batching one see each document; the batch sees all at once."""
    step = Batching(mark("b"))
    uses = (use(mark("a"), "one"), batch(step), use(mark("c"), "two"))
    together = side_by_side(3, *uses)

    assert ["0abc", "1abc", "2abc"] == ends(together)
    assert [["0.txt", "1.txt", "2.txt"]] == step.given
    assert [["one", "batch", "two"]] * 3 == [[t.label for t in p.traces] for p in together]


def test_batching_step_takes_one() -> None:
    """A batching step in a chain that gets one document has a batch of one."""
    step = Batching(mark("b"))
    passage = chain(batch(step)).process(DOCUMENT)

    assert ["b"] == ends([passage])
    assert [["a.txt"]] == step.given


def test_bad_documents_of_a_batch() -> None:
    """In a batch one that raises, one that drops and one that returns nothing cost themselves."""
    assert ["0!", "too blurred", "2!"] == ends(side_by_side(3, batch(unless("1.txt", refuse))))
    assert ["0!", "enough", "2!"] == ends(
        side_by_side(3, batch(unless("1.txt", lambda document: Drop("enough"))))
    )
    found = ends(side_by_side(3, batch(unless("1.txt", lambda document: None))))
    assert ["0!", "2!"] == [found[0], found[2]]
    assert "returned a NoneType" in (found[1] or "")


@pytest.mark.parametrize(
    ("on_error", "end"), [("skip", "1"), ("drop", "too blurred"), ("quarantine", "too blurred")]
)
def test_batch_heeds_on_error(on_error: str, end: str) -> None:
    """What the chain says to do with a failure is done to the bad document of a batch alone."""
    found = side_by_side(3, batch(unless("1.txt", refuse), on_error=on_error))

    assert ["0!", end, "2!"] == ends(found)
    assert ["done", "failed", "done"] == [passage.traces[0].outcome for passage in found]


@pytest.mark.parametrize("error", OUTRAGES, ids=lambda error: type(error).__name__)
def test_batch_survives_whatever_is_raised(error: BaseException) -> None:
    """An error of any class costs one document of a batch, and is told under the step's label."""
    passages = side_by_side(3, batch(unless("1.txt", throw(error)), "odd"))

    assert ["0!", "2!"] == ends([passages[0], passages[2]])
    assert isinstance(passages[1].end, Failed)
    assert "odd" == passages[1].end.step


def test_results_in_another_order() -> None:
    """A batch that comes back in another order is no one's result."""

    class Shuffling(Batching):
        def process_batch(self, documents: Sequence[Document]) -> list[Any]:
            return super().process_batch(documents)[::-1]

    found = ends(side_by_side(3, batch(Shuffling(mark("!")))))

    assert "1!" == found[1]
    assert "another document" in (found[0] or "")
    assert "another document" in (found[2] or "")


def test_condition_and_needs_are_asked_of_each() -> None:
    """Documents whose condition is false pass a batch by; those that lack something fail."""
    step = Batching(mark("!"))
    found = side_by_side(3, batch(step, when="document.uri != '1.txt'"))

    assert ["0!", "1", "2!"] == ends(found)
    assert [["0.txt", "2.txt"]] == step.given
    assert "skipped" == found[1].traces[0].outcome


def test_dropped_before_is_not_in_the_batch() -> None:
    """What an earlier step has taken out comes to no batch."""
    step = Batching(mark("!"))
    drop = use(lambda d: Drop("early") if d.item.uri == "0.txt" else d, "drop")

    assert ["early", "1!", "2!"] == ends(side_by_side(3, drop, batch(step)))
    assert [["1.txt", "2.txt"]] == step.given


def test_kept_results_are_not_made_again() -> None:
    """A result of an earlier run is taken, and its document comes to no batch."""

    def slowly(document: Document) -> Document:
        sleep(0.002)
        return evolve(document, text=f"{document.text}!")

    first = side_by_side(3, batch(slowly))
    recalled = dict(first[1].results)
    step = Batching(slowly)
    second = side_by_side(3, batch(step), recalled=recalled)

    assert 1 == len(recalled)
    assert ["0!", "1!", "2!"] == ends(second)
    assert [["0.txt", "2.txt"]] == step.given
    assert [1, 0, 1] == [len(passage.results) for passage in second]


def test_documents_of_a_language_are_a_batch_their_own() -> None:
    """Where a step has other options for a language, its documents are not mixed with others."""
    step = Batching(mark("!"))
    tell = use(
        lambda d: evolve(d, language=Language("de" if d.item.uri in {"0.txt", "2.txt"} else "en")),
        "tell",
    )
    found = side_by_side(4, tell, batch(step, by_language={"de": NoOptions()}))

    assert ["0!", "1!", "2!", "3!"] == ends(found)
    assert [["0.txt", "2.txt"], ["1.txt", "3.txt"]] == step.given


def test_batching_step_among_several_gets_one() -> None:
    """In a `first` a batching step is tried with one document at a time, like the others."""
    step = Batching(unless("1.txt", refuse))
    first = First("first", PLACE)
    members = (
        batch(step, "one", first=first),
        use(mark("?"), "two", first=first),
    )
    found = side_by_side(3, *members)

    assert ["0!", "1?", "2!"] == ends(found)
    assert [["0.txt"], ["1.txt"], ["2.txt"]] == step.given


def test_time_of_a_batch_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each document of a batch is charged its share of the time."""
    now = 0.0
    monkeypatch.setattr("copydesk.steps.together.perf_counter", lambda: now)

    class Slow(Batching):
        def process_batch(self, documents: Sequence[Document]) -> list[Any]:
            nonlocal now
            now += 4
            return super().process_batch(documents)

    found = side_by_side(4, batch(Slow(mark("!"))))

    assert [1.0] * 4 == [passage.traces[0].seconds for passage in found]


def test_turns_are_told() -> None:
    """A batch is everybody's turn and has the time of one document; all else is one's own turn."""
    told: list[tuple[Any, ...]] = []
    built = Chain([use(mark("a")), batch(mark("b"))], lambda *words: told.append(("enter", *words)))
    ways = {number: Way(evolve(DOCUMENT, text="")) for number in (3, 5)}
    built.process_batch(ways, lambda *words: told.append(("turn", *words)), 9.0)

    assert [
        ("turn", 3, 3), ("enter", 0, 0.0), ("turn", 5, 5), ("enter", 0, 0.0),
        ("turn", 3, 3), ("enter", 1, 0.0), ("turn", 5, 5), ("enter", 1, 0.0),
        ("turn", 3, 3), ("enter", 1, 9.0), ("turn", 3, 3), ("enter", 1, 0.0),
        ("turn", 5, 5), ("enter", 1, 9.0), ("turn", 5, 5), ("enter", 1, 0.0),
    ] == told  # fmt: skip


def test_build_that_gives_a_context_manager() -> None:
    """A step that is built as a context manager is entered, and left when the chain is closed."""
    told = []

    @contextmanager
    def build(options: NoOptions) -> Iterator[Acting]:
        told.append("enter")
        yield Acting(mark("x"))
        told.append("leave")

    configured = use(mark(""))
    spec = StepSpec("x.it", NoOptions, build, needs=())
    built = chain(evolve(configured, offer=evolve(configured.offer, spec=spec)))

    assert ["x"] == ends([built.process(DOCUMENT)])
    assert ["enter"] == told
    built.close()
    assert ["enter", "leave"] == told


def test_build_that_fails_closes_the_others() -> None:
    """When one step cannot be built, those built before it are closed."""
    first = Acting(mark("x"))
    configured = use(mark(""))
    broken = evolve(configured, offer=evolve(configured.offer, spec=_spec_of_nothing()))

    with pytest.raises(PluginError, match="neither process nor process_batch"):
        chain(use(first), broken)
    assert first.closed


def _spec_of_nothing() -> Any:
    nothing: Any = lambda _: object()  # noqa: E731
    return StepSpec("x.it", NoOptions, nothing, needs=())
