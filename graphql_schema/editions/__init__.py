"""Guide editions and cohorts in the API."""
