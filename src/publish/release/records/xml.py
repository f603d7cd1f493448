"""XML as records are written: two spaces deep, UTF-8, without what is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from lxml import etree

from publish.records import dataclass

Make = Callable[..., etree._Element]
Child = etree._Element | str


@dataclass(frozen=True)
class Maker:
    """Makes elements of a namespace: ``e.title("A title", lang="en")``. ``prefixes`` are for the outermost one."""

    namespace: str
    prefixes: Mapping[str | None, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Make:
        """Give what makes an element of that name of its children (elements and texts) and attributes."""

        def make(*children: Child, **attributes: str) -> etree._Element:
            prefixes = {None: self.namespace, **self.prefixes} if not self.prefixes.get(None) else dict(self.prefixes)
            element = etree.Element(f"{{{self.namespace}}}{name}", attributes, prefixes)  # type: ignore[arg-type]
            for child in children:
                if isinstance(child, str):
                    element.text = (element.text or "") + child
                else:
                    element.append(child)
            return element

        return make


def document(root: etree._Element) -> bytes:
    """Give a whole document."""
    etree.indent(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8") + b"\n"


def present(*elements: etree._Element | None) -> tuple[etree._Element, ...]:
    """Give the elements that are there."""
    return tuple(element for element in elements if element is not None)
