"""Applications for work: taken in, sealed, opened for a run, exported, erased, let run out."""
