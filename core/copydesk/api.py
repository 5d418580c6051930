"""All that a plugin may import."""

from typing import TYPE_CHECKING, Any

from copydesk.deprecation import Deprecated, find_deprecated
from copydesk.document import (
    Candidate,
    Document,
    Encoding,
    Entity,
    Language,
    LanguageSpan,
    Removed,
    Value,
)
from copydesk.errors import CopydeskError, DocumentError, StoreError
from copydesk.extra import import_extra
from copydesk.function import spec_of, step
from copydesk.hookspecs import hookimpl
from copydesk.item import Busy, Item, Listed, Skipped, Unreadable
from copydesk.ledger import Entry, Known, Outcome, Result, Row, Run, State
from copydesk.media_type import media_type_of
from copydesk.metadata import Metadata
from copydesk.record import words_of
from copydesk.spans import Segment, Span
from copydesk.spec import (
    AnyStep,
    BatchJob,
    BatchStep,
    BoundsRecords,
    Drop,
    Entering,
    Executor,
    ExecutorSpec,
    Generations,
    Job,
    KeepsResults,
    Mergeable,
    NoOptions,
    Source,
    SourceSpec,
    Step,
    StepSpec,
    Store,
    StoreSpec,
    Turning,
    Work,
)

API_VERSION = "1.1"
"""Version of this contract; a plugin states the range it needs as `copydesk_api = ">=1,<2"`."""

__all__ = [
    "API_VERSION",
    "AnyStep",
    "BatchJob",
    "BatchStep",
    "BoundsRecords",
    "Busy",
    "Candidate",
    "CopydeskError",
    "Document",
    "DocumentError",
    "Drop",
    "Encoding",
    "Entering",
    "Entity",
    "Entry",
    "Executor",
    "ExecutorSpec",
    "Generations",
    "Item",
    "Job",
    "KeepsResults",
    "Known",
    "Language",
    "LanguageSpan",
    "Listed",
    "Mergeable",
    "Metadata",
    "NoOptions",
    "Outcome",
    "Removed",
    "Result",
    "Row",
    "Run",
    "Segment",
    "Skipped",
    "Source",
    "SourceSpec",
    "Span",
    "State",
    "Step",
    "StepSpec",
    "Store",
    "StoreError",
    "StoreSpec",
    "Turning",
    "Unreadable",
    "Value",
    "Work",
    "hookimpl",
    "import_extra",
    "media_type_of",
    "spec_of",
    "step",
    "words_of",
]

_DEPRECATED: dict[str, Deprecated] = {}
"""Names that are no longer in `__all__`, and work until the version that each one tells."""

if not TYPE_CHECKING:  # a type checker must know every other name, and refuse these

    def __getattr__(name: str) -> Any:
        return find_deprecated(__name__, name, _DEPRECATED)
