"""The courier: what goes out unasked, from the ledger to each person, once, at Telegram's pace.

python-telegram-bot lives in this package and nowhere else, and is imported only when the courier starts.
"""
