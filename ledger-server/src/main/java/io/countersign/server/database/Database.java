package io.countersign.server.database;

import org.jspecify.annotations.Nullable;

/// The PostgreSQL this server keeps its books in, and as whom it is reached.
///
/// @param application the restricted role of everything but migrations: not a superuser, owns
///   nothing
/// @param owner the role that migrates the schema; absent when somebody else does
public record Database(String url, Credentials application, @Nullable Credentials owner) {}
