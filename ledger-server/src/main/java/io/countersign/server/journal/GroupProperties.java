package io.countersign.server.journal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param writers database transactions of groups that one ledger has open at once; with two, one
///   decides while the other waits for its fsync
/// @param transactions how many a group holds at most
/// @param entries how many a group holds at most, unless its first transaction alone has more
/// @param waiting how many requests wait at most; more are told to come back
@ConfigurationProperties("countersign.journal.group")
record GroupProperties(
    @DefaultValue("2") int writers,
    @DefaultValue("1000") int transactions,
    @DefaultValue("5000") int entries,
    @DefaultValue("50000") int waiting) {}
