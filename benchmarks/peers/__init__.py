"""The same walk on other bots, each as its documentation shows, each in a process of its own."""
