"""Compiled templates of the themes that come with publish, kept beside its own compiled code.

They are code, so they are not kept with a publication, whose folders may come from anywhere: only what lies in this
package is kept, in ``__pycache__`` beside this module, as Python keeps the package's own. Where that folder cannot be
written nothing is kept. A publication's own templates are compiled at every build.
"""

from __future__ import annotations

import contextlib
import sys
from hashlib import sha256
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

_PACKAGE = Path(__file__).parent.parent


class Compiled(BytecodeCache):
    """Templates' code by what it was made of: the template's text, and how the environment compiles."""

    def __init__(self, how: str) -> None:
        self._how = how

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Give the key of a template: what of it is known before its text (which Jinja2 compares by itself)."""
        inside = filename is not None and Path(filename).is_relative_to(_PACKAGE / "themes")
        return sha256(f"{self._how}|{filename}".encode()).hexdigest()[:24] if inside else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template, if it is there and is that of the text."""
        if bucket.key:
            # Half a file can make its readers raise anything; the template is then compiled again.
            with contextlib.suppress(Exception), self._file(bucket).open("rb") as file:
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        file = self._file(bucket)
        temporary = file.with_name(f"{file.name}.{id(bucket)}")
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            try:
                temporary.write_bytes(bucket.bytecode_to_string())
                temporary.replace(file)
            finally:
                temporary.unlink(missing_ok=True)

    @staticmethod
    def _file(bucket: Bucket) -> Path:
        return Path(__file__).parent / "__pycache__" / f"template-{bucket.key}.{sys.implementation.cache_tag}.jinja"
