"""What belongs to the pages as a whole: the front page, documents, questionnaires, background jobs."""
