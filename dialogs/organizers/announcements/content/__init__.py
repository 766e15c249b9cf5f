"""What an announcement consists of: texts, buttons, a file, a topic, an audience."""
