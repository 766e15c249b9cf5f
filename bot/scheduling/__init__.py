"""The call's clock: what happens by itself at a moment (reminders, announcements, opening and closing)."""
