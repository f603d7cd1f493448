"""Feeds and records: what shops, libraries, reading apps and search engines take, made of ``Record`` alone.

Each module has functions from records to bytes, and no state; the same records give the same bytes.
"""
