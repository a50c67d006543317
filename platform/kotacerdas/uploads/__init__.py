"""Files that people send: announced, received in quarantine, read by a limited process, deleted."""
