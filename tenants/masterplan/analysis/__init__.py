"""The strategic analysis of a masterplan: sources, readiness, gaps, SWOT and its strategies."""
