"""What plugin authors and the suite's own tests share: fixtures, factories, the plugin contract."""
