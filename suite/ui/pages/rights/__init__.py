"""账户与权限: users, sections, why somebody may, the declared matrix, and what waits for a second person."""
