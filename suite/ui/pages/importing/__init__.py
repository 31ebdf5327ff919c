"""导入: from a workbook to the roster, seen and mended before anything is written."""
