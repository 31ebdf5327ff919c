"""The only writer: permission, checks, handler, audit, follow-ups, one commit, announcement."""
