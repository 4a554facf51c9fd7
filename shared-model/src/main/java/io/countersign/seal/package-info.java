/// How the books are sealed (`docs/seals.md`): the canonical form of what is stored, the Merkle
/// tree over it, and the signed statement that chains one seal to the one before. The server that
/// seals and the auditor who checks without a server use this same code. Knows neither database nor
/// HTTP.
@NullMarked
package io.countersign.seal;

import org.jspecify.annotations.NullMarked;
