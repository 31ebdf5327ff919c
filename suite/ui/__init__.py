"""The window: Qt lives in this room only."""
