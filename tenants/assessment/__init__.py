"""Assessment of invited cities by an instrument, their ranking, and the ministry's verdicts."""
