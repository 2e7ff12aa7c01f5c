"""Other answers, tried on the result: nothing is saved until it is asked for."""
