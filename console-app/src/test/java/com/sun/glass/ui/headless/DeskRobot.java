package com.sun.glass.ui.headless;

import com.sun.glass.events.KeyEvent;
import com.sun.glass.events.MouseEvent;
import com.sun.glass.ui.Window;
import java.util.EnumSet;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

/// Moves, presses and types as a person does: header clicks sort, drags carry their button, Ctrl
/// goes along with clicks, and windows below a modal one hear nothing.
final class DeskRobot extends HeadlessRobot {

  private final EnumSet<MouseButton> pressed = EnumSet.noneOf(MouseButton.class);
  private int keyModifiers;
  private double x;
  private double y;
  private DeskWindow hovered;

  DeskRobot(HeadlessApplication application) {
    super(application);
  }

  @Override
  public double getMouseX() {
    return x;
  }

  @Override
  public double getMouseY() {
    return y;
  }

  @Override
  public void mouseMove(double toX, double toY) {
    x = toX;
    y = toY;
    if (pressed.isEmpty()) {
      hover(windowHere());
      send(hovered, MouseEvent.MOVE, MouseEvent.BUTTON_NONE, false);
    } else {
      send(hovered, MouseEvent.DRAG, getGlassEventButton(pressed.iterator().next()), false);
    }
  }

  @Override
  public void mousePress(MouseButton... buttons) {
    hover(windowHere());
    for (MouseButton button : buttons) {
      pressed.add(button);
      boolean menu = button == MouseButton.SECONDARY;
      DeskWindow target = hovered;
      send(target, MouseEvent.DOWN, getGlassEventButton(button), menu);
      if (menu && target != null && target.hears()) {
        target.view().notifyMenu(inX(target), inY(target), (int) x, (int) y, false);
      }
    }
  }

  @Override
  public void mouseRelease(MouseButton... buttons) {
    for (MouseButton button : buttons) {
      pressed.remove(button);
      send(hovered, MouseEvent.UP, getGlassEventButton(button), false);
    }
    hover(windowHere());
  }

  @Override
  public void mouseWheel(int notches) {
    DeskWindow target = windowHere();
    if (target == null || !target.hears()) {
      return;
    }
    for (int notch = 0; notch < Math.abs(notches); notch++) {
      target
          .view()
          .notifyScroll(
              inX(target),
              inY(target),
              (int) x,
              (int) y,
              0,
              notches > 0 ? -1 : 1,
              keyModifiers,
              0,
              0,
              0,
              0,
              multiplierX,
              multiplierY);
    }
  }

  @Override
  public void keyPress(KeyCode key) {
    keyModifiers |= modifier(key);
    super.keyPress(key);
  }

  @Override
  public void keyRelease(KeyCode key) {
    keyModifiers &= ~modifier(key);
    super.keyRelease(key);
  }

  /// The topmost window under the pointer: windows are listed from the bottom up.
  private DeskWindow windowHere() {
    DeskWindow topmost = null;
    for (Window window : Window.getWindows()) {
      if (((DeskWindow) window).covers(x, y)) {
        topmost = (DeskWindow) window;
      }
    }
    return topmost;
  }

  private void hover(DeskWindow window) {
    if (window == hovered) {
      return;
    }
    DeskWindow left = hovered;
    hovered = window;
    if (left != null && !left.isClosed()) {
      send(left, MouseEvent.EXIT, MouseEvent.BUTTON_NONE, false);
    }
    send(window, MouseEvent.ENTER, MouseEvent.BUTTON_NONE, false);
  }

  private void send(DeskWindow target, int type, int button, boolean popupTrigger) {
    if (target != null && target.hears()) {
      int modifiers = keyModifiers | getModifiers(pressed.toArray(MouseButton[]::new));
      target
          .view()
          .notifyMouse(
              type,
              button,
              inX(target),
              inY(target),
              (int) x,
              (int) y,
              modifiers,
              popupTrigger,
              false);
    }
  }

  private int inX(DeskWindow window) {
    return (int) x - window.getX();
  }

  private int inY(DeskWindow window) {
    return (int) y - window.getY();
  }

  private static int modifier(KeyCode key) {
    return switch (key) {
      case CONTROL -> KeyEvent.MODIFIER_CONTROL;
      case SHIFT -> KeyEvent.MODIFIER_SHIFT;
      case ALT -> KeyEvent.MODIFIER_ALT;
      case META, COMMAND, WINDOWS -> KeyEvent.MODIFIER_WINDOWS;
      default -> 0;
    };
  }
}
