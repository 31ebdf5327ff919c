"""Ledgers (台账) as workbooks: their entries come in through the importer and leave as lists."""
