"""publication.yaml and front matter: what the editor decided about a publication, checked all at once."""

from publish.project.load import load
from publish.project.model import DivisionSource, FrontMatter, Project, Style

__all__ = ["DivisionSource", "FrontMatter", "Project", "Style", "load"]
