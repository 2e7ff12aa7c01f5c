"""What becomes of an assessment that is deleted: the bin, the way back, and erasing for good."""
