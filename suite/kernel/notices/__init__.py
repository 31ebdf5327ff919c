"""Notices (提醒): raised in the transaction of a command, read and finished by each reader."""
