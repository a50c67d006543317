"""What the ministry counts over all cities; each answer is one statement."""
