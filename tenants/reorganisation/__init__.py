"""Departments renamed, merged, split and ended: open work moves on, history keeps its names."""
