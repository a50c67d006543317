"""Books, chapters and sections of the masterplan in the API."""
