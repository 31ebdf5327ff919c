"""The page that compares three rosters field by field (三方对账)."""
