/// Rules of the house that no compiler knows. Each is tried on a planted violation too, since a
/// rule about something that does not exist passes for ever.
@NullMarked
package io.countersign.server.guards;

import org.jspecify.annotations.NullMarked;
