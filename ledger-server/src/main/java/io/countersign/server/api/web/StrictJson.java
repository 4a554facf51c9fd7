package io.countersign.server.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.server.api.CanonicalJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// The one way this server reads and writes JSON: nothing is guessed, coerced or skipped, and what
/// a record does not mark as nullable must be there.
@Configuration(proxyBeanMethods = false)
class StrictJson {

  @Bean
  JsonFactoryBuilderCustomizer strictTokens() {
    return factory ->
        factory
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(CanonicalJson.DEPTH_MAX).build());
  }

  @Bean
  JsonMapperBuilderCustomizer strictValues() {
    return StrictJson::strict;
  }

  private static void strict(JsonMapper.Builder mapper) {
    mapper
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .withCoercionConfig(LogicalType.Textual, StrictJson::refuseScalars)
        .withCoercionConfigDefaults(
            empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
        .addModule(
            new SimpleModule("strict")
                .addDeserializer(Instant.class, new TimeText<>(Instant.class, StrictJson::instant))
                .addDeserializer(
                    LocalDate.class, new TimeText<>(LocalDate.class, StrictJson::day)));
    mapper.annotationIntrospector(
        AnnotationIntrospector.pair(mapper.annotationIntrospector(), new DeclaredNulls()));
  }

  private static void refuseScalars(tools.jackson.databind.cfg.MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
  }

  /// Reads a time from a string and from nothing else, within years that have four digits.
  private static final class TimeText<T> extends StdDeserializer<T> {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 40;

    private final transient Function<String, T> parse;

    TimeText(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return context.reportInputMismatch(this, "must be a JSON string such as %s", example());
      }
      String text = parser.getString();
      try {
        if (text.length() >= SHORTEST
            && text.length() <= LONGEST
            && Character.isDigit(text.charAt(0))) {
          return parse.apply(text);
        }
      } catch (DateTimeException e) {
        // Falls through to the one refusal below.
      }
      return context.reportInputMismatch(this, "must look like %s", example());
    }

    private String example() {
      return handledType() == LocalDate.class ? "2026-11-30" : "2026-11-30T08:00:00Z";
    }
  }
}
