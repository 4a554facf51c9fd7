/// The window around the screens: sign-in, navigation, menus, status. The only package that knows
/// them all.
@NullMarked
package io.countersign.console.app;

import org.jspecify.annotations.NullMarked;
