"""Letters by mail: how one is written and sent. aiosmtplib lives here, and is imported only where mail is set."""
