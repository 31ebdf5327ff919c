"""规划对照: the items of the plan, and where each of them is done."""
