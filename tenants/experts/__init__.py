"""Experts: who mentors or assesses which city, and what hangs on it."""
