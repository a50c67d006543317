"""Workbooks in the API: asked for, brought in, looked at, saved."""
