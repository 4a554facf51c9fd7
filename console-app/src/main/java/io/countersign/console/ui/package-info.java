/// What every screen is made of: formats, tables, badges, forms over the page. Knows no screen;
/// uses client.
@NullMarked
package io.countersign.console.ui;

import org.jspecify.annotations.NullMarked;
