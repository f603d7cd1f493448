"""A release sent to where readers find it: a folder, S3, Google's storage, a server with SFTP.

``gather`` takes the files of a release and proves them against its checksums, ``open_store`` opens a destination,
``compare`` says what differs there, ``send`` sends it. Nothing here prints or reads the environment; what fsspec and
the libraries below it read of that on their own (credentials, endpoints, proxies) is documented by them.
"""

from publish.push.plan import Plan, compare
from publish.push.send import send
from publish.push.source import Item, gather
from publish.push.stores import MissingStore, Store, open_store

__all__ = ["Item", "MissingStore", "Plan", "Store", "compare", "gather", "open_store", "send"]
