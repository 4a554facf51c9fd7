package io.countersign.planted.modules.right;

/// Used without being declared.
public record Right(int number) {}
