/// `mvn -Pdemo`: starts the product's parts as a user would and fills the books through the API.
/// Uses the contract and its client only.
@NullMarked
package io.countersign.demo;

import org.jspecify.annotations.NullMarked;
