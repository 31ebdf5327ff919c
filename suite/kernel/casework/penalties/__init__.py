"""Penalties and sanctions of the trade: what may be imposed, the course of their cases, what follows."""
