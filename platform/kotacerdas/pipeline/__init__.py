"""Reads in one round trip: libpq's pipeline mode carries scope and statements in one batch."""
