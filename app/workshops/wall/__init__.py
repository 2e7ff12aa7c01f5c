"""The big screen for the wall: join code and counts, and after the reveal what the room answered."""
