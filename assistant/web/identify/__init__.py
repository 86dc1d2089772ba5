"""Which screen is it: found by its words, by questions or among all pictures, and the way on to what to do there."""
