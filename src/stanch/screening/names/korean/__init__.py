"""Korean names: from any writing of them to the Hangul syllables that they may stand for."""
