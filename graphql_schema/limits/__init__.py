"""What a request may ask for, decided before the document is validated."""
