"""Grades of years past by workbook: read, compared, taken, taken back."""
