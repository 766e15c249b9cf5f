"""Reminders: whom there is to remind and how each one stands; news of a moved close; organizers' digest."""
