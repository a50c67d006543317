"""Verdicts of the selection, as the API shows them."""
