package io.countersign.console.app;

import atlantafx.base.controls.ModalPane;
import io.countersign.console.ui.Overlay;
import java.util.Objects;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.DatePicker;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/// The layer above the page, where forms are shown, and the keyboard's way there and back: whoever
/// works without a mouse is never thrown out to the edge of the window.
final class FormLayer implements Overlay {

  private final ChangeListener<@Nullable Node> follow = (property, before, now) -> follow(before);
  private @Nullable ModalPane modal;
  private @Nullable Pane page;
  private @Nullable Node focusBefore;

  /// Call once, with the parts of the scene that it is about.
  void attach(ModalPane above, Pane below) {
    modal = above;
    page = below;
    above.displayProperty().addListener((property, before, shown) -> restoreFocus(shown));
    below.sceneProperty().addListener((property, before, now) -> moved(before, now));
  }

  boolean isShown() {
    return above().isDisplay();
  }

  @Override
  public void show(Node form) {
    focusBefore = above().getScene().getFocusOwner();
    above().show(form);
    // What lies in a scrolled pane is in the scene only once that has its skin.
    form.applyCss();
    Platform.runLater(() -> focusFirst(form));
  }

  @Override
  public void hide() {
    above().hide(true);
  }

  void focusList() {
    // A split pane holds its parts only once it has its skin.
    below().applyCss();
    below().lookupAll(".table-view").stream().findFirst().ifPresent(Node::requestFocus);
  }

  private static void focusFirst(Node form) {
    form.lookupAll(".text-input").stream()
        .map(field -> field.getParent() instanceof DatePicker picker ? picker : field)
        .filter(Node::isFocusTraversable)
        .findFirst()
        .ifPresentOrElse(Node::requestFocus, form::requestFocus);
  }

  private void restoreFocus(boolean shown) {
    Node before = focusBefore;
    if (!shown && before != null) {
      focusBefore = null;
      goBackTo(before);
    }
  }

  private void moved(@Nullable Scene before, @Nullable Scene now) {
    if (before != null) {
      before.focusOwnerProperty().removeListener(follow);
    }
    if (now != null) {
      now.focusOwnerProperty().addListener(follow);
    }
  }

  // An answer that arrives replaces the detail, and with it the button that asked.
  private void follow(@Nullable Node before) {
    if (before != null && before.getScene() == null && below().getScene() != null && !isShown()) {
      Platform.runLater(
          () -> {
            Scene scene = below().getScene();
            if (scene != null && !isInPage(scene.getFocusOwner())) {
              goBackTo(before);
            }
          });
    }
  }

  /// Whether somebody has chosen where to go on meanwhile.
  private boolean isInPage(@Nullable Node focused) {
    for (Node up = focused; up != null; up = up.getParent()) {
      if (up.equals(below())) {
        return true;
      }
    }
    return false;
  }

  private void goBackTo(Node before) {
    Node same =
        before.getScene() != null || before.getId() == null
            ? before
            : below().lookup("#" + before.getId());
    if (same == null || same.getScene() == null || same.isDisabled()) {
      focusList();
    } else {
      same.requestFocus();
    }
  }

  private ModalPane above() {
    return Objects.requireNonNull(modal, "not attached");
  }

  private Pane below() {
    return Objects.requireNonNull(page, "not attached");
  }
}
