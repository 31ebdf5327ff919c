"""The ledgers (台账): which one, its entries, and one entry in a form in place."""
