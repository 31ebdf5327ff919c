"""Credit repair (信用修复): a kind of case of every profession that keeps records."""
