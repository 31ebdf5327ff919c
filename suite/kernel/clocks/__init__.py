"""Days that are worked and days that are not: the calendar that legal clocks count by."""
