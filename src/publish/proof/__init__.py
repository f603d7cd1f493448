"""A publication on one sheet, to decide by before it goes out: one self-contained HTML file that needs no script.

``sheet`` makes it of a ``Material``: every page small and large, in spreads under the margins and lines that the theme
means, the cover as small as shops show it, the EPUB on a phone and a tablet, and each diagnostic beside the page that
it is about. Nothing here reads the environment: whoever calls names the browser that may take pictures.
"""

from publish.proof.model import Material
from publish.proof.sheet import sheet

__all__ = ["Material", "sheet"]
