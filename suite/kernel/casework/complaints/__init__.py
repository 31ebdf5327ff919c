"""What complaints of every profession have in common; a profession adds its heads, grounds and limits."""
