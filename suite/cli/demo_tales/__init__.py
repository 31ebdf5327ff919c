"""The complaints and small logs of the demonstration, told as tables by field."""
