"""One module a benchmark: ``arguments(parser)`` and ``run(options)``."""
