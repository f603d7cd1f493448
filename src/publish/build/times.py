"""The one time that a file carries: the same publication gives the same bytes on any day."""

from __future__ import annotations

from datetime import UTC, datetime

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The time of a publication without a date: the first that an EPUB's container can hold."""


def time_of(publication_date: str, epoch: int | None) -> datetime:
    """Give the one time that a file may carry: SOURCE_DATE_EPOCH, else the publication's date, else ``EARLIEST``.

    ``publication_date`` is a sound ISO 8601 date (``2016``, ``2016-03``, ``2016-03-02``) or empty. Raises ValueError
    or OverflowError for an epoch that no calendar holds.
    """
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    if not publication_date:
        return EARLIEST
    year, month, day = (*(int(part) for part in publication_date.split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)
