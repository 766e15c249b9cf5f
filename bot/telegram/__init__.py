"""Telegram, through aiogram. Imported only when a token is set: aiogram takes its time."""

from bot.telegram.importing import import_aiogram

import_aiogram()
