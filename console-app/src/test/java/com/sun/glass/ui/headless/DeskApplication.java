package com.sun.glass.ui.headless;

import com.sun.glass.ui.GlassRobot;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.Window;

/// One screen of 1600×1000 in memory. In this package because what it mends is package-private.
public final class DeskApplication extends HeadlessApplication {

  static final int WIDTH = 1600;
  static final int HEIGHT = 1000;

  private final int[] pixels = new int[WIDTH * HEIGHT];
  private final Screen screen =
      new Screen(
          0, 32, 0, 0, WIDTH, HEIGHT, 0, 0, WIDTH, HEIGHT, 0, 0, WIDTH, HEIGHT, 100, 100, 1f, 1f,
          1f, 1f);

  @Override
  protected Screen[] staticScreen_getScreens() {
    return new Screen[] {screen};
  }

  @Override
  public Window createWindow(Window owner, Screen on, int styleMask) {
    return new DeskWindow(owner, on, pixels, styleMask);
  }

  @Override
  public GlassRobot createRobot() {
    return new DeskRobot(this);
  }
}
