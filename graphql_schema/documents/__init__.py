"""Documents and jobs in the API."""
