"""What must be chosen before a workshop: it is prepared, changed or deleted before anybody has joined."""
