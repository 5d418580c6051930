"""The kit for tests of plugins: checks that every plugin must pass, and a desk to run chains at."""

from copydesk.testing.check import BoundCheck, Check, CheckError
from copydesk.testing.corpus import Article, articles
from copydesk.testing.desk import Desk
from copydesk.testing.executor_checks import (
    EXECUTOR_CHECKS,
    ExecutorBench,
    check_executor,
    executor_checks,
)
from copydesk.testing.source_checks import (
    SOURCE_CHECKS,
    SourceBench,
    check_source,
    source_checks,
)
from copydesk.testing.step_bench import StepBench
from copydesk.testing.step_checks import STEP_CHECKS, check_step, step_checks
from copydesk.testing.store_bench import StoreBench
from copydesk.testing.store_checks import STORE_CHECKS, check_store, store_checks

__all__ = [
    "EXECUTOR_CHECKS",
    "SOURCE_CHECKS",
    "STEP_CHECKS",
    "STORE_CHECKS",
    "Article",
    "BoundCheck",
    "Check",
    "CheckError",
    "Desk",
    "ExecutorBench",
    "SourceBench",
    "StepBench",
    "StoreBench",
    "articles",
    "check_executor",
    "check_source",
    "check_step",
    "check_store",
    "executor_checks",
    "source_checks",
    "step_checks",
    "store_checks",
]
