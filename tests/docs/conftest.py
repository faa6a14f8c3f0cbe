"""Pages with figures are checked against the benchmarks that measure them."""

import tests.bench  # noqa: F401  lets their modules be imported
