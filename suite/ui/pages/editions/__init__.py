"""The page of roster editions (名册编制)."""
