/// An acquirer to try payments against, which behaves as badly as real ones (`docs/sandbox.md`).
///
/// A process of its own with its own main class and files, so that it goes on when the server or
/// the database dies. Imports nothing of `io.countersign` and is no Spring application: what it
/// knows of the server it learns over HTTP, as any acquirer does.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.countersign.server.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
