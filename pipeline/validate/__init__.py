"""Validation: every table held against its declaration, its entry's text, the other tables, and the last run.

The rules that name no table (`columns`, `spans`, `references`) hold for any table with columns of those names, so that a
table added to pipeline.tables is checked from its first day.
"""

from pipeline.validate.check import Report, validate_tables
from pipeline.validate.faults import Fault

__all__ = ["Fault", "Report", "validate_tables"]
