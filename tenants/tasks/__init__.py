"""What each person has to do, derived from where the city's work stands; nothing is stored."""
