"""Instruments, assessments and the selection of a cohort's cities, as the API shows them."""
