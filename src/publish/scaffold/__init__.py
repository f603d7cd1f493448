"""A new publication of the usual shape, which builds at once. Asking questions is the command's work."""

from publish.scaffold.create import TEMPLATES, Answers, ScaffoldError, Template, create
from publish.scaffold.fonts import fonts_wanted
from publish.scaffold.questions import QUESTIONS, Question

__all__ = ["QUESTIONS", "TEMPLATES", "Answers", "Question", "ScaffoldError", "Template", "create", "fonts_wanted"]
