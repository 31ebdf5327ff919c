"""Credit (信用): records, their display and disclosure, 双公示, repair, and what goes to platforms."""
