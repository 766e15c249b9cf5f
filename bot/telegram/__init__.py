"""Telegram, through aiogram. Imported only when a token is set: aiogram takes its time."""
