"""Exports of real frameworks for export-models.py: a module for each framework, what they share in rows.py and
collection.py. Modules import no framework but their own, so that one that is absent skips nothing else."""
