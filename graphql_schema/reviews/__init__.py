"""The review of masterplans in the API: remarks, rounds, verdicts."""
