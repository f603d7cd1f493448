"""What a check of one value says when the value is not sound, and how it quotes it."""

from __future__ import annotations


def cut(text: str, longest: int = 60) -> str:
    """Give a text as a message can quote it: on one line, and no longer than it can be read."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


class Unsound(ValueError):
    """A value that cannot be what its key says it is.

    ``message`` says why in an editor's words; ``hint`` says what to write instead, or is empty; ``instead`` is the
    value that was certainly meant, if there is one.
    """

    def __init__(self, message: str, hint: str = "", instead: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or (f"write: {instead}" if instead else "")
        self.instead = instead
