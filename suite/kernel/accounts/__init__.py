"""Users, roles, grants: who may do what, where, and why."""
