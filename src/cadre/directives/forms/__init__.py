"""What may be asked and stated of posture and directives."""
