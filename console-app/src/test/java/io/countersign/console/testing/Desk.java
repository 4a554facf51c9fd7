package io.countersign.console.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.countersign.console.app.ConsoleWindow;
import io.countersign.console.signin.SignInViewModel.Prefilled;
import io.countersign.console.ui.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.concurrent.Task;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.controlsfx.control.TaskProgressView;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The whole console in a window without a display, and the hands of the person before it.
public final class Desk implements AutoCloseable {

  /// Of the users that the server makes for demonstrations.
  public static final String PASSWORD = "demo-only-password";

  public static final Duration LOCK_AFTER = Duration.ofMinutes(15);

  private final FxRobot robot = new FxRobot();
  private final Stage stage;
  private final ConsoleWindow window;

  private Desk(URI server, Clock clock, boolean dark, Path home, Locale locale)
      throws TimeoutException {
    Noise.listen();
    FxToolkit.registerPrimaryStage();
    Settings settings = new Settings(home.resolve("console.properties"));
    if (dark) {
      settings.setDark(true);
    }
    stage = FxToolkit.registerStage(Stage::new);
    window =
        call(
            () -> {
              ConsoleWindow opened =
                  new ConsoleWindow(
                      stage,
                      settings,
                      new Prefilled(server.toString(), ""),
                      clock,
                      locale,
                      LOCK_AFTER);
              opened.open();
              stage.setX(0);
              stage.setY(0);
              return opened;
            });
    // Uncaught exceptions are a failed test, whatever the window would do about them.
    Noise.listen();
  }

  public static Desk open(URI server, Clock clock) {
    return open(server, clock, false);
  }

  public static Desk open(URI server, Clock clock, boolean dark) {
    return open(server, clock, dark, temporary());
  }

  /// @param home where the console keeps its settings, as one that was there before left them
  public static Desk open(URI server, Clock clock, boolean dark, Path home) {
    return open(server, clock, dark, home, Locale.UK);
  }

  public static Desk openIn(Locale locale, URI server, Clock clock) {
    return open(server, clock, false, temporary(), locale);
  }

  private static Desk open(URI server, Clock clock, boolean dark, Path home, Locale locale) {
    try {
      return new Desk(server, clock, dark, home, locale);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no toolkit", e);
    }
  }

  public FxRobot robot() {
    return robot;
  }

  public Desk signIn(String username) {
    type("#username", username);
    type("#password", PASSWORD);
    click("#signIn");
    await("signed in", () -> has("#navigation"));
    return this;
  }

  public void go(String screen) {
    click("#screen-" + screen);
  }

  public void type(String query, String text) {
    await(query + " is there", () -> has(query));
    TextInputControl field = node(query, TextInputControl.class);
    run(
        () -> {
          field.requestFocus();
          field.selectAll();
          field.replaceSelection(text);
        });
  }

  public void click(String query) {
    await(query + " can be clicked", () -> has(query) && !node(query).isDisabled());
    robot.clickOn(node(query));
    settle();
  }

  /// Brings a part of a scrolled pane into sight.
  public void scrollTo(String query) {
    await(query + " is there", () -> has(query));
    run(
        () -> {
          Node node = node(query);
          for (Node up = node; up != null; up = up.getParent()) {
            if (up instanceof ScrollPane pane) {
              double inContent = pane.getContent().sceneToLocal(node.localToScene(0, 0)).getY();
              double room =
                  pane.getContent().getBoundsInLocal().getHeight()
                      - pane.getViewportBounds().getHeight();
              pane.setVvalue(room <= 0 ? 0 : Math.clamp((inContent - 40) / room, 0, 1));
              return;
            }
          }
        });
    settle();
  }

  /// Opens a searchable list, types, and takes the first that is left.
  public void search(String comboBox, String typed) {
    await(comboBox + " is there", () -> has(comboBox));
    ComboBox<?> box = node(comboBox, ComboBox.class);
    run(box::requestFocus);
    press(KeyCode.DOWN);
    await("list open", box::isShowing);
    robot.write(typed, 0);
    settle();
    press(KeyCode.ENTER);
    await("chosen", () -> box.getValue() != null && !box.isShowing());
  }

  /// Clicks on the header of a column.
  public void header(String table, String column) {
    await("header", () -> headerOf(table, column) != null);
    robot.clickOn(headerOf(table, column));
    settle();
  }

  private @Nullable Node headerOf(String table, String column) {
    return call(
        () ->
            node(table).lookupAll(".column-header").stream()
                .filter(header -> column.equals(header.getId()))
                .findFirst()
                .orElse(null));
  }

  public void press(KeyCode... keys) {
    robot.push(keys);
    settle();
  }

  /// Lets go of files over a part of the window.
  public void drop(String query, List<File> files) {
    await(query + " is there", () -> has(query));
    run(() -> Drops.drop(node(query), files));
    settle();
  }

  /// Chooses the row whose cells, joined, contain the text.
  public void choose(String table, String text) {
    TableView<?> view = node(table, TableView.class);
    await(text + " is listed", () -> rowOf(view, text) >= 0);
    run(
        () -> {
          view.requestFocus();
          view.scrollTo(rowOf(view, text));
          view.getSelectionModel().clearAndSelect(rowOf(view, text));
        });
    settle();
  }

  private static int rowOf(TableView<?> view, String text) {
    for (int row = 0; row < view.getItems().size(); row++) {
      if (view.getItems().get(row).toString().contains(text)) {
        return row;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked")
  public <T> void pick(String comboBox, T value) {
    ComboBox<T> box = (ComboBox<T>) node(comboBox, ComboBox.class);
    run(() -> box.setValue(value));
    settle();
  }

  /// Titles of what the popup of running tasks lists; none when it is closed.
  public List<String> runningTasks() {
    return call(
        () ->
            tasks()
                .map(view -> view.getTasks().stream())
                .orElseGet(Stream::empty)
                .map(Task::getTitle)
                .toList());
  }

  public void cancelTask(String title) {
    run(
        () ->
            tasks().orElseThrow().getTasks().stream()
                .filter(task -> title.equals(task.getTitle()))
                .findFirst()
                .orElseThrow()
                .cancel());
    settle();
  }

  private static Optional<TaskProgressView<?>> tasks() {
    return Window.getWindows().stream()
        .filter(window -> window instanceof PopupWindow && window.isShowing())
        .map(window -> window.getScene().getRoot().lookup("#runningTasks"))
        .filter(TaskProgressView.class::isInstance)
        .<TaskProgressView<?>>map(view -> (TaskProgressView<?>) view)
        .findFirst();
  }

  /// The id of what has the focus; empty for none.
  public String focused() {
    return call(
        () -> {
          Node owner = stage.getScene().getFocusOwner();
          return owner == null || owner.getId() == null ? "" : owner.getId();
        });
  }

  /// What can have the focus and neither says nor is told what it is.
  public List<String> nameless() {
    settle();
    return call(() -> Names.missing(stage.getScene().getRoot()));
  }

  /// Puts a style on the window that JavaFX has something to say about.
  public void plant(String style) {
    run(() -> stage.getScene().getRoot().setStyle(style));
    settle();
    shoot("planted");
  }

  /// Uncaught exceptions and warnings so far; they are forgotten with that.
  public List<String> silence() {
    List<String> heard = List.copyOf(Noise.heard());
    Noise.heard().clear();
    return heard;
  }

  public int rows(String table) {
    return call(() -> node(table, TableView.class).getItems().size());
  }

  public boolean has(String query) {
    return call(
        () ->
            stage.getScene().getRoot().lookupAll(query).stream()
                .anyMatch(node -> node.getScene() != null && shown(node)));
  }

  private static boolean shown(Node node) {
    for (Node up = node; up != null; up = up.getParent()) {
      if (!up.isVisible()) {
        return false;
      }
    }
    return true;
  }

  public Node node(String query) {
    return node(query, Node.class);
  }

  public <N extends Node> N node(String query, Class<N> type) {
    return type.cast(
        call(
            () ->
                stage.getScene().getRoot().lookupAll(query).stream()
                    .filter(Desk::shown)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + query + " on the screen"))));
  }

  public String text(String query) {
    Node node = node(query);
    return call(
        () ->
            switch (node) {
              case Label label -> label.getText();
              case Button button -> button.getText();
              case TextInputControl input -> input.getText();
              default -> throw new AssertionError(query + " has no text");
            });
  }

  /// Whether any label, link or button that can be seen says this.
  public boolean says(String words) {
    return call(() -> says(stage.getScene().getRoot(), words));
  }

  private static boolean says(Node node, String words) {
    if (!node.isVisible()) {
      return false;
    }
    if (node instanceof Labeled labeled
        && labeled.getText() != null
        && labeled.getText().contains(words)) {
      return true;
    }
    return node instanceof Parent parent
        && parent.getChildrenUnmodifiable().stream().anyMatch(child -> says(child, words));
  }

  public void awaitWords(String words) {
    await("'" + words + "' is shown", () -> says(words));
  }

  public void await(String what, BooleanSupplier condition) {
    try {
      WaitForAsyncUtils.waitFor(15, TimeUnit.SECONDS, condition::getAsBoolean);
    } catch (TimeoutException e) {
      run(() -> Shots.take(stage, "failed"));
      fail("never happened: " + what + "; noise: " + Noise.heard(), e);
    }
    settle();
  }

  public void settle() {
    WaitForAsyncUtils.waitForFxEvents();
  }

  public void shoot(String name) {
    settle();
    run(() -> Shots.take(stage, name));
  }

  public void run(Runnable work) {
    robot.interact(work);
  }

  public <T> T call(Callable<T> work) {
    try {
      return WaitForAsyncUtils.waitForAsyncFx(15_000, work);
    } finally {
      WaitForAsyncUtils.clearExceptions();
    }
  }

  @Override
  public void close() {
    run(
        () -> {
          window.close();
          stage.hide();
        });
    settle();
    assertThat(Noise.heard()).as("uncaught exceptions and warnings of JavaFX").isEmpty();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("console");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
