"""What waits for an expert, oldest first."""
