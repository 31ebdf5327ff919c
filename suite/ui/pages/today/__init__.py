"""工作台: what waits, what came in, what was opened last."""
