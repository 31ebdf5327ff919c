"""The window around the pages: rail, document tabs, menus, status bar. It navigates and nothing else."""
