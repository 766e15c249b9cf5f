"""What the doctor says of Telegram, and of letters by mail."""

from __future__ import annotations

from bot.doctor.finding import Finding
from bot.settings import Settings

__all__ = ["look", "look_at_mail"]


async def look(settings: Settings) -> list[Finding]:
    """Findings about Telegram."""
    if settings.telegram_token is None:
        return [
            Finding(False, "Telegram is off", "Set STOCKTAKING_TELEGRAM_TOKEN to the token that BotFather gave you")
        ]
    import aiohttp

    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            said = await answer.json(content_type=None)
    except (TimeoutError, aiohttp.ClientError, ValueError):
        return [Finding(True, f"Telegram cannot be reached at {settings.telegram_api_url}", "Check the network")]
    if not said.get("ok"):
        return [Finding(True, "Telegram does not know this token", "Copy it again from BotFather")]
    how = "webhook" if settings.telegram_webhook_url else "polling"
    return [Finding(False, f"Telegram answers as @{said['result'].get('username')} (by {how})")]


async def look_at_mail(settings: Settings) -> list[Finding]:
    """Findings about the mail server: it is asked whether it would take letters, and gets none."""
    server = settings.mail_server
    if server is None:
        return [Finding(False, "Letters by mail are off", "Set STOCKTAKING_MAIL_URL to a mail server: docs/mail.md")]
    from bot.channels.mail.smtp_post import SmtpPost
    from bot.delivery.outgoing import ChannelRefused
    from bot.rate_limit import Budget

    post = SmtpPost(server, settings.mail_sender, Budget(1), patience=10)
    try:
        await post.check()
    except ChannelRefused as refusal:
        said = f"The mail server at {server.host}:{server.port} takes no letters ({refusal})"
        return [Finding(True, said, "Check STOCKTAKING_MAIL_URL, its password and certificate")]
    finally:
        await post.close()
    return [
        Finding(False, f"The mail server at {server.host}:{server.port} takes letters"),
        await _signature(settings),
        *await _answers(settings),
    ]


async def _answers(settings: Settings) -> list[Finding]:
    """Whether answers to letters can be read."""
    server = settings.mail_mailbox
    if server is None:
        how = (
            "Set STOCKTAKING_MAIL_INBOX, unless the mail server hands them to `stocktaking mail receive`: docs/mail.md"
        )
        return [Finding(False, "No mailbox is looked into for answers to letters", how)]
    from bot.channels.mail.imap_mailbox import MailboxRefused, check

    try:
        await check(server)
    except MailboxRefused as refusal:
        said = f"Answers to letters cannot be read at {server.host}:{server.port} ({refusal})"
        return [Finding(True, said, "Check STOCKTAKING_MAIL_INBOX, its password, folder and certificate")]
    return [Finding(False, f"Answers to letters are read at {server.host}:{server.port}")]


async def _signature(settings: Settings) -> Finding:
    """Whether letters are signed, by a key that readers' servers find."""
    signer = settings.mail_signer
    if signer is None:
        how = "Set STOCKTAKING_MAIL_DKIM_KEY, unless the mail server signs them: docs/mail.md"
        return Finding(False, "Letters are not signed by us (DKIM)", how)
    from dns.asyncresolver import Resolver
    from dns.exception import DNSException

    try:
        answer = await Resolver().resolve(signer.name, "TXT", lifetime=10)
        found = [b"".join(record.strings).decode(errors="replace") for record in answer]
    except DNSException as error:
        found, why = [], type(error).__name__
    else:
        why = "another key stands there"
    if any(signer.public in "".join(record.split()) for record in found):
        return Finding(False, f"Letters are signed; their key stands in the DNS at {signer.name}")
    record = f"v=DKIM1; k=rsa; p={signer.public}"
    return Finding(
        True, f"Nobody can verify the signature of letters ({why})", f"Put at {signer.name} as TXT: {record}"
    )
