package io.countersign.model;

/// Something that a transaction or a proposal is about.
///
/// @param type what kind of thing, such as `payment`, `refund`, `transaction` or `exception`
/// @param id its id, with its prefix
public record Relation(String type, String id) {}
