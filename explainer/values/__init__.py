"""What a value is: quantities with their form, dates with their doubt, units, numbers in words, and arithmetic on intervals."""
