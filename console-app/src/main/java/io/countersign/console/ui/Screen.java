package io.countersign.console.ui;

import java.time.LocalDate;
import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;

/// One screen of the console, as the shell sees it.
public interface Screen {

  /// Names it in the navigation and as `screen-<name>` in the scene graph.
  String name();

  Ikon icon();

  Node root();

  /// It has come to the front.
  void shown();

  void refresh();

  /// Puts the caret where one searches.
  void search();

  /// Starts a new one of what the screen is about.
  default void create() {}

  /// @return whether this screen is one of days, and now shows this one
  default boolean goTo(LocalDate day) {
    return false;
  }

  /// Shows the thing with this id.
  void open(String id);
}
