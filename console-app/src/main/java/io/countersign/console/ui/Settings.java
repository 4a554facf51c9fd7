package io.countersign.console.ui;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/// What the console remembers between starts: servers, the last user, theme, text size, and how
/// each screen was left. Never a password or a token.
public final class Settings {

  public static final int TEXT_SIZE_MIN = 11;
  public static final int TEXT_SIZE_MAX = 24;
  static final int TEXT_SIZE_USUAL = 13;
  private static final int SERVERS_MAX = 8;

  private final Path file;
  private final Properties values = new Properties();
  private final ReadOnlyIntegerWrapper textSize = new ReadOnlyIntegerWrapper();
  private boolean unwritten;

  /// @param file is read now, if it is there, and written at every change
  public Settings(Path file) {
    this.file = file;
    if (Files.isReadable(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        values.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    textSize.set(textSize());
  }

  /// The last one first.
  public List<String> servers() {
    return Arrays.stream(values.getProperty("servers", "").split(" "))
        .filter(server -> !server.isBlank())
        .toList();
  }

  public void rememberServer(String server) {
    List<String> others = servers().stream().filter(known -> !known.equals(server)).toList();
    List<String> all = new ArrayList<>(others);
    all.addFirst(server);
    set("servers", String.join(" ", all.subList(0, Math.min(all.size(), SERVERS_MAX))));
  }

  public String user() {
    return values.getProperty("user", "");
  }

  public void rememberUser(String user) {
    set("user", user);
  }

  public boolean isDark() {
    return Boolean.parseBoolean(values.getProperty("dark"));
  }

  public void setDark(boolean dark) {
    set("dark", String.valueOf(dark));
  }

  public int textSize() {
    try {
      int size = Integer.parseInt(values.getProperty("textSize", ""));
      return Math.clamp(size, TEXT_SIZE_MIN, TEXT_SIZE_MAX);
    } catch (NumberFormatException absent) {
      return TEXT_SIZE_USUAL;
    }
  }

  public void setTextSize(int size) {
    set("textSize", String.valueOf(Math.clamp(size, TEXT_SIZE_MIN, TEXT_SIZE_MAX)));
    textSize.set(textSize());
  }

  /// Pixels.
  ReadOnlyIntegerProperty textSizeProperty() {
    return textSize.getReadOnlyProperty();
  }

  @Nullable String get(String name) {
    return values.getProperty(name);
  }

  /// Kept in memory until [#write].
  ///
  /// @return whether that is news
  boolean put(String name, String value) {
    boolean news = !value.equals(values.setProperty(name, value));
    unwritten |= news;
    return news;
  }

  private void set(String name, String value) {
    put(name, value);
    write();
  }

  /// Writes down what has not been yet.
  public void write() {
    if (!unwritten) {
      return;
    }
    unwritten = false;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      try (Writer writer = Files.newBufferedWriter(fresh)) {
        values.store(writer, null);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Forgetting a window's look is no reason to stop anybody's work.
      System.getLogger(Settings.class.getName())
          .log(System.Logger.Level.WARNING, "cannot write " + file, e);
    }
  }
}
