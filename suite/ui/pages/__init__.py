"""The pages, one package or file a family, each fed by declarations."""
