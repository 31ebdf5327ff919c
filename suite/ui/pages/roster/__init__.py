"""名册: the list page of every kind, drawn from its declaration."""
