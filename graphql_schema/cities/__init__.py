"""Cities, cohorts, participations and departments in the API."""
