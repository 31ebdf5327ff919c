"""Opening stock (存量台账): running ledgers of cases that come in through the importer."""
