package io.countersign.server.api.web;

import io.countersign.model.WireName;
import io.countersign.model.id.TypedId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/// Lets path variables and query parameters be the contract's own types: ids with their prefix, and
/// enums in lower case.
final class IdTexts {

  private IdTexts() {}

  static final class Ids implements ConverterFactory<String, TypedId> {
    @Override
    @SuppressWarnings("NullAway") // Spring takes null as "nothing was sent", as `?state=` means
    public <T extends TypedId> Converter<String, @Nullable T> getConverter(Class<T> type) {
      Method parse = parse(type);
      return text -> text.isEmpty() ? null : type.cast(call(parse, text));
    }

    private static Method parse(Class<?> type) {
      try {
        return type.getMethod("parse", String.class);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(type + " has no parse(String)", e);
      }
    }

    private static Object call(Method parse, String text) {
      try {
        return parse.invoke(null, text);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException malformed) {
          throw malformed;
        }
        throw new IllegalStateException(e);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final class Names implements ConverterFactory<String, WireName> {
    @Override
    @SuppressWarnings("NullAway") // as above
    public <T extends WireName> Converter<String, @Nullable T> getConverter(Class<T> type) {
      return text -> text.isEmpty() ? null : named(type, text);
    }

    private static <T extends WireName> T named(Class<T> type, String text) {
      for (T constant : type.getEnumConstants()) {
        if (constant.wire().equals(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "'" + text + "' is not a " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }
  }
}
