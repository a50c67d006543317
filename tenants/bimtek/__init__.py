"""Bimtek, the programme's workshops: sessions, attendance, outputs and certificates."""
