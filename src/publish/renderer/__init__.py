"""Publication and theme to what one medium shows. The only door to Jinja2.

Manuscripts are data, never templates: what an author wrote reaches a template as a value and is escaped.
"""

from publish.renderer.render import render
from publish.renderer.theme import Theme
from publish.renderer.theme import load as load_theme

__all__ = ["Theme", "load_theme", "render"]
