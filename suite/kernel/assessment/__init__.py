"""Assessment: schemes, seasons, scores, grades."""
