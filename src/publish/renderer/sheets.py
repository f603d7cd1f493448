"""Pages about a book rather than of it (proofs, comparisons): a room's own templates, filled as a theme's are."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def data_url(data: bytes, media_type: str) -> str:
    """Give bytes as an address that holds them (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def fill(folder: Path, template: str, **values: Any) -> str:
    """Fill a template (HTML, escaped) of a folder; ``data_url`` is a filter in it. Raises Jinja2's errors."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["data_url"] = data_url
    return env.get_template(template).render(**values)
