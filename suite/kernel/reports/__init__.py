"""What leaves the house: reports, answers to questions, packs for inspections, cross-notices."""
