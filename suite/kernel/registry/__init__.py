"""Bodies, persons, posts, licences and their history."""
