"""Inspections (检查): plans and random draws, and the frame of the inspections of every profession."""
