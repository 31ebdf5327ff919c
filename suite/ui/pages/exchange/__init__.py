"""The page of rosters sent to other databases and received from them, with receipts (报送与回执)."""
