"""What is said of a connection that fails, and how a server is named."""
