"""Widgets that every page is made of. They know Qt and plain data, and nothing of the kernel."""
