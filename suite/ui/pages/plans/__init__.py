"""检查计划: plans of inspections, the random draws made for them, and their records."""
