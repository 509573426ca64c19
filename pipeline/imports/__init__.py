"""What comes back from other tools, turned into lines of `corrections.csv`: one module a tool."""
