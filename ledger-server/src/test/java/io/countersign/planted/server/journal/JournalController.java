package io.countersign.planted.server.journal;

import org.springframework.jdbc.core.simple.JdbcClient;

/// Goes past its store.
record JournalController(JdbcClient jdbc) {}
