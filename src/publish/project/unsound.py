"""What a check of one value says when the value is not sound."""

from __future__ import annotations


class Unsound(ValueError):
    """A value that cannot be what its key says it is.

    ``message`` says why in an editor's words; ``hint`` says what to write instead, or is empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
