"""Numbers of bodies, persons, licences and places: pure checks with reasons and a normal form."""
