"""Which screen a text is about: index, scores, the question that tells screens apart, and the way to a screen."""
