"""操作留痕: what everybody did, by person and day."""
