/// Ratios measured in one run on one PostgreSQL; see `docs/benchmarks.md`. Not part of any test.
@NullMarked
package io.countersign.server.benchmarks;

import org.jspecify.annotations.NullMarked;
