/// Signatures of webhooks as Standard Webhooks 1.0 says: the server signs with them, and whoever
/// receives its deliveries verifies them. Depends on nothing but the JDK.
@NullMarked
package io.countersign.webhook;

import org.jspecify.annotations.NullMarked;
