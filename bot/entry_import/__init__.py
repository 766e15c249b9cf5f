"""Taking in entries that exist elsewhere: other files of ours, and older entries of the register."""
