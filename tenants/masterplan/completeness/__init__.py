"""What a masterplan lacks: one rule, asked before freezing, by the API and by the console."""
