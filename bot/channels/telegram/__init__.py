"""Telegram, through aiogram. Imported only when a token is set: aiogram takes its time."""

from bot.channels.telegram.lazy_aiogram import import_aiogram

import_aiogram()
