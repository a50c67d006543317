"""Bimtek in the API: sessions, attendance, outputs, certificates."""
