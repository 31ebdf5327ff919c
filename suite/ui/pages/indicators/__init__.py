"""指标: the numbers that the bureau answers for, each with its target, its districts and its rows."""
