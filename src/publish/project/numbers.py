"""The numbers that people and works are known by, and their check digits."""

from __future__ import annotations

import re
from uuid import UUID

from publish.project.unsound import Unsound, cut

_DASHES = str.maketrans("‐‑‒–—−", "------")


def isbn(text: str) -> str:
    """Give an ISBN with the hyphens it was written with (ISO 2108: EAN-13 check digit). Raises Unsound."""
    written = re.sub(r"^isbn(-1[03])?:?\s*", "", text.translate(_DASHES).strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", written)
    if re.fullmatch(r"\d{9}[\dXx]", digits, re.ASCII):
        hint = f"an ISBN has had 13 digits since 2007; write: {_thirteen(digits)}"
        raise Unsound(f"“{cut(text)}” is an ISBN of ten digits", hint)
    if not re.fullmatch(r"\d{13}", digits, re.ASCII):
        count = len(re.findall(r"\d", digits, re.ASCII))
        raise Unsound(f"“{cut(text)}” is not an ISBN: it has {count} digits, not 13")
    if not digits.startswith(("978", "979")):
        raise Unsound(f"“{cut(text)}” is not an ISBN: it begins neither with 978 nor with 979")
    check = _ean(digits)
    if digits[-1] != check:
        hint = f"the last digit should be {check}, unless another one is wrong"
        raise Unsound(f"the check digit of “{cut(text)}” is wrong", hint)
    return re.sub(r"\s+", "-", written)


def _ean(digits: str) -> str:
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(digits[:12]))
    return str(-total % 10)


def _thirteen(ten: str) -> str:
    stem = "978" + ten[:9]
    return stem + _ean(stem)


def orcid(text: str) -> str:
    """Give an ORCID iD as ``0000-0002-1825-0097`` (ISO 7064, MOD 11-2). Raises Unsound."""
    bare = re.sub(r"^(https?://)?orcid\.org/", "", text.translate(_DASHES).strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", bare).upper()
    if not re.fullmatch(r"\d{15}[\dX]", digits, re.ASCII):
        raise Unsound(f"“{cut(text)}” is not an ORCID iD", "write it as 0000-0002-1825-0097")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = "0123456789X"[(12 - total % 11) % 11]
    if digits[-1] != check:
        hint = f"the last character should be {check}, unless another one is wrong"
        raise Unsound(f"the check character of “{cut(text)}” is wrong", hint)
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


def issn(text: str) -> str:
    """Give an ISSN as ``2049-3630`` (ISO 3297, weights 8 to 2, MOD 11). Raises Unsound."""
    digits = re.sub(r"^issn:?|[\s-]", "", text.translate(_DASHES).strip(), flags=re.IGNORECASE).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.ASCII):
        raise Unsound(f"“{cut(text)}” is not an ISSN", "write it as 2049-3630")
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=False))
    check = "0123456789X"[-total % 11]
    if digits[-1] != check:
        hint = f"the last character should be {check}, unless another one is wrong"
        raise Unsound(f"the check character of “{cut(text)}” is wrong", hint)
    return f"{digits[:4]}-{digits[4:]}"


def doi(text: str) -> str:
    """Give a DOI as ``10.1000/182`` (ISO 26324), also from its web address. Raises Unsound."""
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S+", bare, re.ASCII):
        raise Unsound(f"“{cut(text)}” is not a DOI", "write it as 10.1000/182")
    return bare


def uuid(text: str) -> str:
    """Give a UUID in small letters with its hyphens (RFC 9562). Raises Unsound."""
    try:
        return str(UUID(text.strip()))
    except ValueError:
        raise Unsound(f"“{cut(text)}” is not a UUID", "write it as 12345678-1234-4234-8234-123456789abc") from None
