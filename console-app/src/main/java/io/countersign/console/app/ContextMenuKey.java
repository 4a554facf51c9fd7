package io.countersign.console.app;

import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.ContextMenuEvent;

/// Opens the context menu of what has the focus, as the Menu key and Shift+F10 do everywhere else.
/// JavaFX does not do it by itself.
final class ContextMenuKey {

  private static final double INSET = 24;

  private ContextMenuKey() {}

  static void open(Scene scene) {
    Node owner = scene.getFocusOwner();
    if (owner == null) {
      return;
    }
    Node row = owner.lookup(".table-row-cell:selected");
    Node near = row == null ? owner : row;
    Bounds bounds = near.getBoundsInLocal();
    double x = Math.min(INSET, bounds.getWidth() / 2);
    double y = Math.min(INSET, bounds.getHeight());
    Point2D onScreen = near.localToScreen(x, y);
    Point2D inScene = near.localToScene(x, y);
    if (onScreen != null) {
      owner.fireEvent(
          new ContextMenuEvent(
              ContextMenuEvent.CONTEXT_MENU_REQUESTED,
              inScene.getX(),
              inScene.getY(),
              onScreen.getX(),
              onScreen.getY(),
              true,
              null));
    }
  }
}
