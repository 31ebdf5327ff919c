"""The numbers of the law and of the house: declared with their source, set by the bureau from a day on."""
