// The floor of the benchmark: starting the runtime, and nothing else.
