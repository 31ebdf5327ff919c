"""Ledgers (台账): small registers by declaration; their entries are kept, listed, and counted here."""
