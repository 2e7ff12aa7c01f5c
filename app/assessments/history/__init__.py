"""Who changed what in an assessment, and how an older state comes back."""
