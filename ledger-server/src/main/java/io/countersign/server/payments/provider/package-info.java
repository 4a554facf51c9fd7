/// How payment providers are asked: send under our key, look up, cancel, refund, and read what they
/// call back with. No database, no state: what an answer means for a payment is the feature's to
/// say.
///
/// [io.countersign.server.payments.provider.ProviderGateways] is the way in. The one rule of this
/// package: what cannot be read with certainty is
/// [io.countersign.server.payments.provider.ProviderReply.NoAnswer], never a decline.
@NullMarked
package io.countersign.server.payments.provider;

import org.jspecify.annotations.NullMarked;
