"""Numbers that the bureau answers for: definitions, values, breakdown, and the rows behind each of them."""
