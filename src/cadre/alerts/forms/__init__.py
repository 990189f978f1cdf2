"""What people write about alerts: messages, contacts, wishes, ladders."""
