"""A publication put before its readers: a folder that any web host serves, proved by what is in it.

``release`` builds a publication and puts it into a catalogue under a version; ``verify`` judges a catalogue. Every
page, feed and record is made of ``release.json`` (``Record``) alone; ``records`` holds the feeds and records.
"""

from publish.release.checking import verify
from publish.release.model import Record
from publish.release.releasing import Order, Released, release
from publish.release.version import Version, is_version

__all__ = ["Order", "Record", "Released", "Version", "is_version", "release", "verify"]
