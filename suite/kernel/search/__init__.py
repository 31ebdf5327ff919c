"""Finding subjects by name, pinyin, initials and number tails: one table, one SQL for both engines."""
