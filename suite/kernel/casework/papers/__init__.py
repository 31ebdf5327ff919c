"""The papers and files of cases: attached, issued, served, filed."""
