package io.countersign.planted.modules.left;

import io.countersign.planted.modules.right.Right;

/// Uses a module that it has not declared.
public record Left(Right right) {}
