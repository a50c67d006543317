"""The ministry's overview: counts, places, money and comparisons over all cities."""
