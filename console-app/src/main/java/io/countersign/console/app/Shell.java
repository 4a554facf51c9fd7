package io.countersign.console.app;

import atlantafx.base.controls.ModalPane;
import io.countersign.console.client.Fact;
import io.countersign.console.client.RunningTask;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Settings;
import io.countersign.console.ui.Theme;
import io.countersign.model.identity.Grant;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Navigation, menus and status around the screens of one ledger.
public final class Shell implements Links {

  private static final Duration QUEUES_EVERY = Duration.seconds(20);

  private static final KeyCombination MENU =
      new KeyCodeCombination(KeyCode.F10, KeyCombination.SHIFT_DOWN);

  private final Workplace workplace;
  private final URI server;
  private final Theme theme;
  private final Days days;
  private final Exits exits;
  private final List<Screen> screens;
  private final Map<String, Screen> byPrefix;
  private final FormLayer forms = new FormLayer();
  private final Queues queues;
  private final RunningTasks tasks;
  private final Timeline clockwork;
  private final Parent root;
  private final ToggleGroup chosen = new ToggleGroup();
  private final List<NavigationItem> items = new ArrayList<>();
  private @Nullable Screen current;

  @FXML private StackPane shell;
  @FXML private VBox navigation;
  @FXML private StackPane content;
  @FXML private ModalPane modal;
  @FXML private HBox banner;
  @FXML private HBox notice;
  @FXML private Label noticeText;
  @FXML private Menu viewMenu;
  @FXML private ComboBox<String> ledger;
  @FXML private Label user;
  @FXML private Button themeButton;
  @FXML private FontIcon connectionIcon;
  @FXML private Label connectionText;
  @FXML private StatusBar statusBar;
  @FXML private Button tasksButton;

  Shell(
      Workplace workplace,
      URI server,
      Amounts amounts,
      Days days,
      Theme theme,
      Settings settings,
      Exits exits) {
    this.workplace = workplace;
    this.server = server;
    this.theme = theme;
    this.days = days;
    this.exits = exits;
    Screens made = Screens.of(workplace, amounts, days, forms, this, settings);
    this.screens = made.inOrder();
    this.byPrefix = made.byPrefix();
    this.queues = new Queues(workplace);
    this.tasks = new RunningTasks(workplace.tasks().running());
    this.clockwork = new Timeline(new KeyFrame(QUEUES_EVERY, event -> tick()));
    clockwork.setCycleCount(Timeline.INDEFINITE);
    this.root = Fxml.load(this);
  }

  /// The ways out of it: another ledger, a locked window, or nobody's window.
  record Exits(Consumer<String> openLedger, Runnable lock, Runnable signOut) {}

  Parent root() {
    return root;
  }

  void start() {
    show(screens.getFirst());
    javafx.application.Platform.runLater(forms::focusList);
    queues.refresh();
    clockwork.play();
  }

  void stop() {
    clockwork.stop();
  }

  /// Asks nothing of the server, so that a session nobody uses can end.
  void rest() {
    clockwork.stop();
  }

  void resume() {
    refresh();
    clockwork.play();
  }

  /// Something that everybody should read, until it is closed.
  void say(String words) {
    noticeText.setText(words);
    notice.setVisible(true);
  }

  @FXML
  private void initialize() {
    for (Screen screen : screens) {
      addNavigation(screen);
    }
    queues.countsProperty().subscribe(counts -> items.forEach(item -> item.count(counts)));
    ledger
        .getItems()
        .setAll(workplace.profile().grants().stream().map(Grant::ledger).distinct().toList());
    ledger.setValue(workplace.ledger());
    ledger.valueProperty().addListener((property, before, now) -> exits.openLedger().accept(now));
    user.setText(workplace.profile().displayName() + " · " + roles());
    banner.managedProperty().bind(banner.visibleProperty());
    banner.visibleProperty().bind(workplace.connection().lostProperty());
    notice.managedProperty().bind(notice.visibleProperty());
    workplace.connection().lostProperty().subscribe(this::showConnection);
    workplace.tasks().running().addListener((ListChangeListener<RunningTask>) c -> countTasks());
    countTasks();
    showTheme();
    workplace.facts().listen(this::heed);
    shell.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    forms.attach(modal, content);
  }

  private void addNavigation(Screen screen) {
    int number = items.size() + 1;
    NavigationItem item = new NavigationItem(screen, number, chosen, () -> show(screen));
    items.add(item);
    navigation.getChildren().add(item);
    MenuItem menu = new MenuItem(screen.name());
    menu.setAccelerator(
        new KeyCodeCombination(KeyCode.valueOf("DIGIT" + number), KeyCombination.SHORTCUT_DOWN));
    menu.setOnAction(
        event -> {
          show(screen);
          forms.focusList();
        });
    viewMenu.getItems().add(items.size() - 1, menu);
  }

  private String roles() {
    return workplace.profile().grants().stream()
        .filter(grant -> grant.ledger().equals(workplace.ledger()))
        .flatMap(grant -> grant.roles().stream())
        .map(io.countersign.console.ui.Words::of)
        .collect(Collectors.joining(", "));
  }

  private void show(Screen screen) {
    current = screen;
    content.getChildren().setAll(screen.root());
    items.get(screens.indexOf(screen)).choose();
    screen.shown();
  }

  @Override
  public boolean lead(String id) {
    return id.indexOf('_') > 0 && byPrefix.containsKey(id.substring(0, id.indexOf('_') + 1));
  }

  @Override
  public void open(String id) {
    Screen screen = byPrefix.get(id.substring(0, id.indexOf('_') + 1));
    if (screen == null) {
      say("There is no screen for " + id + " yet.");
    } else {
      forms.hide();
      show(screen);
      screen.open(id);
    }
  }

  private void heed(Fact fact) {
    if (fact == Fact.CONNECTION_RESTORED) {
      refresh();
    }
  }

  private void tick() {
    if (!workplace.connection().isLost()) {
      queues.refresh();
    }
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && forms.isShown()) {
      forms.hide();
      event.consume();
    } else if (MENU.match(event) || event.getCode() == KeyCode.CONTEXT_MENU) {
      ContextMenuKey.open(shell.getScene());
      event.consume();
    }
  }

  private void showConnection(boolean lost) {
    connectionIcon.setIconCode(lost ? Feather.WIFI_OFF : Feather.WIFI);
    connectionIcon.getStyleClass().removeAll("is-lost", "is-connected");
    connectionIcon.getStyleClass().add(lost ? "is-lost" : "is-connected");
    connectionText.setText((lost ? "No connection · " : "Connected · ") + server.getAuthority());
  }

  private void countTasks() {
    List<RunningTask> running = workplace.tasks().running();
    boolean any = !running.isEmpty();
    statusBar.setProgress(any ? ProgressBar.INDETERMINATE_PROGRESS : 0);
    tasksButton.setVisible(any);
    statusBar.setText(
        any
            ? running.getFirst().label() + (running.size() > 1 ? " +" + (running.size() - 1) : "")
            : "");
  }

  private void showTheme() {
    themeButton.setGraphic(new FontIcon(theme.isDark() ? Feather.SUN : Feather.MOON));
    themeButton.setAccessibleText(theme.isDark() ? "Light theme" : "Dark theme");
  }

  @FXML
  private void showTasks() {
    tasks.show(statusBar);
  }

  @FXML
  private void refresh() {
    if (current != null) {
      current.refresh();
    }
    queues.refresh();
  }

  @FXML
  private void search() {
    if (current != null) {
      current.search();
    }
  }

  @FXML
  private void create() {
    proposeAdjustment();
  }

  /// From navigation to list to detail and round again.
  @FXML
  private void nextPane() {
    List<Node> panes = new ArrayList<>();
    panes.add((Node) items.get(current == null ? 0 : screens.indexOf(current)));
    content.lookupAll(".table-view").stream().findFirst().ifPresent(panes::add);
    content.lookupAll(".detail-scroll").stream().findFirst().ifPresent(panes::add);
    Node focused = shell.getScene().getFocusOwner();
    panes.get((panes.indexOf(focused) + 1) % panes.size()).requestFocus();
  }

  @FXML
  private void goToDay() {
    LocalDate today = LocalDate.now(workplace.clock());
    forms.show(new GoToDay(forms, today, days, this::goTo));
  }

  private void goTo(LocalDate day) {
    Screen here = current;
    if (here == null || !here.goTo(day)) {
      show(screens.getFirst());
      screens.getFirst().goTo(day);
    }
  }

  @FXML
  private void lock() {
    exits.lock().run();
  }

  @FXML
  private void chooseLedger() {
    ledger.requestFocus();
    ledger.show();
  }

  @FXML
  private void toggleTheme() {
    theme.toggleDark();
    showTheme();
  }

  @FXML
  private void biggerText() {
    theme.resizeText(1);
  }

  @FXML
  private void smallerText() {
    theme.resizeText(-1);
  }

  @FXML
  private void keys() {
    forms.show(KeyboardHelp.of(forms, items.stream().map(NavigationItem::screenName).toList()));
  }

  @FXML
  private void palette() {
    forms.show(new CommandPalette(forms, commands()));
  }

  private List<CommandPalette.Command> commands() {
    List<CommandPalette.Command> commands = new ArrayList<>();
    screens.forEach(
        screen ->
            commands.add(new CommandPalette.Command("Go to " + screen.name(), () -> show(screen))));
    commands.add(new CommandPalette.Command("Refresh", this::refresh));
    commands.add(new CommandPalette.Command("Search", this::search));
    commands.add(new CommandPalette.Command("Go to a day", this::goToDay));
    commands.add(new CommandPalette.Command("What is running", this::showTasks));
    commands.add(new CommandPalette.Command("Propose an adjustment", this::proposeAdjustment));
    commands.add(
        new CommandPalette.Command(
            theme.isDark() ? "Light theme" : "Dark theme", this::toggleTheme));
    commands.add(new CommandPalette.Command("Larger text", this::biggerText));
    commands.add(new CommandPalette.Command("Smaller text", this::smallerText));
    commands.add(new CommandPalette.Command("Show all keys", this::keys));
    commands.add(new CommandPalette.Command("Lock", exits.lock()));
    commands.add(new CommandPalette.Command("Sign out", exits.signOut()));
    return commands;
  }

  private void proposeAdjustment() {
    Screen adjustments = Objects.requireNonNull(byPrefix.get(Screens.ADJUSTMENT), "no screen");
    show(adjustments);
    adjustments.create();
    content.applyCss();
    content.lookupAll(".draft-form .text-field").stream().findFirst().ifPresent(Node::requestFocus);
  }

  @FXML
  private void endSession() {
    exits.signOut().run();
  }

  @FXML
  private void quit() {
    shell.getScene().getWindow().hide();
  }

  @FXML
  private void closeNotice() {
    notice.setVisible(false);
  }
}
