package io.countersign.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// A test against the whole server on a free port (`@Value("${local.server.port}")`), with a
/// database and a home of its own.
///
/// All tests that carry this and nothing else share one running server and its books, so each makes
/// the accounts and the users it needs under names of its own. Whoever adds properties or mocks
/// gets another server, and pays its start.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = FreshDatabase.class)
public @interface ServerTest {}
