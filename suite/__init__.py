"""The machine: everything that is the same in every regulated field."""
