"""Remarks: what experts ask to be revised, and the answers; of innovations and of masterplans."""
