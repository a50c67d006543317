"""The demo at national scale: made-up rows of 196 cities beside the two that are played."""
