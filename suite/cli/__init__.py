"""The commands of the suite: Chinese help, one JSON document on request, exit codes to trust."""
