"""The strategic analysis of a masterplan in the API."""
