"""Regions, cities, guide editions, cohorts, participations and departments."""
