"""The record file (一人一档, 一所一档) of a subject."""
