"""What is wrong with the installed plugins: each is imported in a process of its own."""
