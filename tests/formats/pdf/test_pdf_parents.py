"""The tree of parents, read by qpdf: every number is found, and no node is long."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from publish.formats.pdf import parents


def _nodes(tree: Any, depth: int = 0) -> list[tuple[int, Any]]:
    return [(depth, tree), *(node for kid in tree.get("/Kids", ()) for node in _nodes(kid, depth + 1))]


@pytest.mark.parametrize(("count", "deep"), [(0, 0), (1, 0), (32, 0), (33, 1), (1024, 1), (1025, 2), (40_000, 3)])
def test_every_number_is_found(count: int, deep: int) -> None:
    pdf = pikepdf.new()
    pairs = [(3 * number, pikepdf.String(str(number))) for number in range(count)]  # some were taken out
    tree = parents.write(pairs, parents.into(pdf))
    found = pikepdf.NumberTree(tree)
    assert [number for number in found] == [number for number, _ in pairs]  # noqa: C416 (qpdf's own walk)
    assert all(str(found[number]) == str(value) for number, value in pairs[:: max(1, count // 50)])
    nodes = _nodes(tree)
    assert max(depth for depth, _ in nodes) == deep
    assert "/Limits" not in tree and all("/Limits" in node for depth, node in nodes if depth)
    assert all(len(node.get("/Nums", ())) <= 64 and len(node.get("/Kids", ())) <= 32 for _, node in nodes)
