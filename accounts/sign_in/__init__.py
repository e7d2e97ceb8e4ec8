"""Signing in: wrong attempts and the lockout, devices, second factors."""
