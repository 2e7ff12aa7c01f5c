"""Documents: what an assessment prints, and what can be printed without one."""
