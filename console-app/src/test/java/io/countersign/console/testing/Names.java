package io.countersign.console.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import org.jspecify.annotations.Nullable;

/// Finds what a screen reader could only call "button" or "field".
final class Names {

  private final Set<Node> labelled = new HashSet<>();
  private final List<String> missing = new ArrayList<>();

  private Names() {}

  static List<String> missing(Parent root) {
    Names names = new Names();
    names.labels(root);
    names.look(root);
    return names.missing;
  }

  private void labels(Node node) {
    if (node instanceof Label label && label.getLabelFor() != null) {
      labelled.add(label.getLabelFor());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(this::labels);
    }
  }

  private void look(Node node) {
    if (!node.isVisible()) {
      return;
    }
    if (node.isFocusTraversable() && !(node instanceof ScrollPane) && !isNamed(node)) {
      missing.add(node.toString());
    }
    // What a field with a list is made of is named by the field.
    if (node instanceof Parent parent && !(node instanceof ComboBoxBase)) {
      parent.getChildrenUnmodifiable().forEach(this::look);
    }
  }

  private boolean isNamed(Node node) {
    boolean says = node instanceof Labeled labeled && !isBlank(labeled.getText());
    return says || !isBlank(node.getAccessibleText()) || labelled.contains(node);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
