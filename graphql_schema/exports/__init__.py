"""Exports in the API: files of more rows than a page."""
