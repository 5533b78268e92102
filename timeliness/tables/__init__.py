"""Tables as landlords export them: from a file to columns that the clocks read."""
