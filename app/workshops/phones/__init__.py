"""What a participant sees: joins with a code, answers, waits, and sees that it is over."""
