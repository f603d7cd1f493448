"""What a printer would send back: a finished PDF looked at page by page, before he does.

``preflight`` judges a file by the profile that it was ordered for; ``order_of`` says which that is, from what a file
says of itself.
"""

from publish.formats.pdf.preflight.claims import order_of
from publish.formats.pdf.preflight.preflight import preflight

__all__ = ["order_of", "preflight"]
