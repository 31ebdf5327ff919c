"""Applications and registrations (许可、登记): declarations only."""
