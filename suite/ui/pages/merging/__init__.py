"""查重与合并: what was probably kept twice, side by side, and the merges there have been."""
