"""Words quoted from a kept text: how both are normalised, what a cut leaves out, and where the words stand."""
