package com.sun.glass.ui.headless;

import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.Window;
import java.nio.IntBuffer;

/// A window that is deaf while a modal one is above it, and may hang over the edge of the screen.
final class DeskWindow extends HeadlessWindow {

  private final int[] pixels;
  private boolean enabled = true;

  DeskWindow(Window owner, Screen on, int[] pixels, int styleMask) {
    super(new HeadlessWindowManager(), owner, on, null, styleMask);
    this.pixels = pixels;
  }

  boolean hears() {
    return enabled && getView() != null && !isClosed();
  }

  HeadlessView view() {
    return (HeadlessView) getView();
  }

  boolean covers(double x, double y) {
    return getView() != null
        && !isClosed()
        && isVisible()
        && x >= getX()
        && x < getX() + getWidth()
        && y >= getY()
        && y < getY() + getHeight();
  }

  @Override
  protected void _setEnabled(long pointer, boolean enable) {
    enabled = enable;
  }

  @Override
  void clearRect(int x, int width, int y, int height) {
    // What was below is painted again by its own window.
  }

  @Override
  void blit(Pixels painted) {
    IntBuffer rows = (IntBuffer) painted.getBuffer();
    int width = painted.getWidth();
    int left = Math.max(0, -getX());
    int visible = Math.min(width, DeskApplication.WIDTH - getX()) - left;
    for (int row = 0; row < painted.getHeight() && visible > 0; row++) {
      int y = getY() + row;
      if (y >= 0 && y < DeskApplication.HEIGHT) {
        rows.get(row * width + left, pixels, y * DeskApplication.WIDTH + getX() + left, visible);
      }
    }
  }

  @Override
  public void getScreenCapture(
      int x, int y, int width, int height, int[] target, boolean scaleToFit) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int screenX = x + column;
        int screenY = y + row;
        if (screenX >= 0
            && screenX < DeskApplication.WIDTH
            && screenY >= 0
            && screenY < DeskApplication.HEIGHT) {
          target[row * width + column] = pixels[screenY * DeskApplication.WIDTH + screenX];
        }
      }
    }
  }
}
