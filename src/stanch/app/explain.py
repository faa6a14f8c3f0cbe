"""Explain an account of a finished trace."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanch.errors import UsageError
from stanch.reports import explanation
from stanch.reports.explanation import Question
from stanch.reports.explanation_text import Teller, Words
from stanch.reports.trace_view import load

__all__ = ["Answer", "Question", "explain"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The same answer twice: as lines of text and as data, one entry per incident and asset."""

    lines: list[list[Words]]
    data: list[dict[str, Any]]


def explain(folder: Path, question: Question) -> Answer:
    """Say how money came to an account, from the files that a trace wrote to `folder`.

    Raises UsageError where the account, incident or asset is not in the trace or fewer than one
    path is asked for, and InputError where the folder holds no readable trace.
    """
    if question.paths < 1:
        raise UsageError(f"--paths {question.paths}: at least one path is needed")
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name the one that `stanch trace --out` wrote")
    view = load(folder)
    tellers = [Teller(view, each) for each in explanation.explain(view, question)]
    return Answer([teller.lines() for teller in tellers], [teller.data() for teller in tellers])
