"""The life of a complaint: cut into episodes before any clock is judged."""
