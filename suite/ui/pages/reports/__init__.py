"""报告: reports of frozen numbers, answers to questions, inspection packs, cross-notices."""
