"""Innovations and reviews in the API."""
