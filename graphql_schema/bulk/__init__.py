"""Mutations of many rows: each row by the rule of the single one, with an answer of its own."""
