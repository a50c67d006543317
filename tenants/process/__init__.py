"""The programme's process over all subjects: which stage may follow, and what it waits for."""
