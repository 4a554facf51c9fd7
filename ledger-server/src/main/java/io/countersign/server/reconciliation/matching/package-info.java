/// What belongs together: the matching rules and the settlement window. Values in, values out;
/// knows neither database nor clock, so that the same input gives the same result.
@NullMarked
package io.countersign.server.reconciliation.matching;

import org.jspecify.annotations.NullMarked;
