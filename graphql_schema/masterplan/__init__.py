"""Masterplans and publications in the API."""
