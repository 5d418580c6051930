"""Steps as a chain holds them: bound, conditioned, checked, and their changes packed."""
