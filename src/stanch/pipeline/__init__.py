"""The sentence: build -> attribute -> trace. It alone knows the order of the stages."""
