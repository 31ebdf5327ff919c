"""Files and papers: what a file is by its content, templates, and how a paper is set."""
