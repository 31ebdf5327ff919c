"""Plain data that everything above shares: hooks, declarations, commands, problems."""
