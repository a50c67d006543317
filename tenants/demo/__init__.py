"""Two cities to look at, played through the real rules: Bukittinggi's year 2022 and a neighbour."""
