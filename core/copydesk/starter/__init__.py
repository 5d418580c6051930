"""Begins a plugin: writes a project with a module, tests, and what publishing it takes."""
