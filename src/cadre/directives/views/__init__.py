"""Pages of posture and of directives, a module for each part of their life."""
