"""Tests of the edition: choosing, composing, auditing."""
