"""服务覆盖: who is served by whom, where the gaps are, and how they are filled."""
