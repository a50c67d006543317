"""The fast path: an operation compiled once to SQL that returns the response's own bytes.

It never makes an error: what it does not know, and what goes wrong, is left to graphql-core, which
reads the same declarations.
"""
