@NullMarked
package io.countersign.server.api.web;

import org.jspecify.annotations.NullMarked;
