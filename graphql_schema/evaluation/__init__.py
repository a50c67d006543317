"""The yearly evaluation."""
