"""An entry from its sending on: states, events, review, receipt, prize, and a colleague's part of a draft."""
