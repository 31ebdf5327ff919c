"""Coverage (覆盖): who is served by whom on a day, where the gaps are, and who could fill them."""
