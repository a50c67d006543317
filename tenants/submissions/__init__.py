"""Innovations of the departments, and their review."""
