"""Keep what online geocoders answered: what they found for good, what they did not for a while."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DAY = 86_400.0  # seconds


class Answers:
    """Answers by question, in memory and, where a file is given, on disk.

    An answer is JSON data. "Nothing found" (None) is forgotten after `negative_seconds`: maps grow.
    Failures are never put here.
    """

    def __init__(
        self,
        file: Path | None = None,
        *,
        negative_seconds: float = 7 * DAY,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.file = file
        self.negative_seconds = negative_seconds
        self.now = now
        self._answers: dict[str, tuple[float, Any]] = {}
        if file is not None and file.exists():
            try:
                stored = json.loads(file.read_text(encoding="utf-8"))
                self._answers = {
                    question: (at, answer) for question, (at, answer) in stored.items()
                }
            except (ValueError, TypeError, AttributeError):
                raise ValueError(f"{file}: not a store of answers; delete it") from None

    def __contains__(self, question: str) -> bool:
        if question not in self._answers:
            return False
        at, answer = self._answers[question]
        return answer is not None or self.now() - at < self.negative_seconds

    def __getitem__(self, question: str) -> Any:
        return self._answers[question][1]

    def __setitem__(self, question: str, answer: Any) -> None:
        self._answers[question] = (self.now(), answer)
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            part = self.file.with_suffix(".part")
            part.write_text(json.dumps(self._answers, ensure_ascii=False), encoding="utf-8")
            part.replace(self.file)
