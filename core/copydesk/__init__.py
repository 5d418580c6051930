"""Copydesk, a build system for documents."""
