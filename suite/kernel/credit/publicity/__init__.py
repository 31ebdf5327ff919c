"""双公示: licences and penalties in the columns of the national tables, in time and withdrawn in time."""
