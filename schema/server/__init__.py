"""Run the server: settings, command line, logs, and the banner at start."""
