"""From an article to a map: read Arabic news, keep its events, show the strongholds."""
