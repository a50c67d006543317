"""Experts in the API."""
