"""Institutions of a report: found, bounded, named in full, typed, placed."""
