"""Organizers, their invitations, their requests carried out."""
