"""Files of many rows: what a person takes away from a list that is longer than a page."""
