"""Evidence across borders: a case packed and signed, handed on, verified offline, taken in."""
