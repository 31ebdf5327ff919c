"""The plan (规划): its 198 items, and where in the program each of them is done."""
