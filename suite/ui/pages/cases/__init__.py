"""办件: the list of cases."""
