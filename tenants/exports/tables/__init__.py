"""What each kind of export holds: its columns, where they come from, its order."""
