"""Pictures: found, proved whole, freed of what no reader should get, before any other library of ours sees them."""

from publish.images.load import load_all
from publish.images.model import Picture

__all__ = ["Picture", "load_all"]
