"""Release control: whoever asks, by whichever path, gets what a plain oracle says and no more."""
