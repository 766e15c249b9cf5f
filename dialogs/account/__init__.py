"""Around the questionnaire: home, onboarding, settings, subscriptions, linked apps, privacy."""
