"""Sanctions lists by kind: who publishes each, how many entries it must hold, how to open it."""
