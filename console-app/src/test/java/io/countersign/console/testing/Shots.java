package io.countersign.console.testing;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;

/// Photographs a stage with every popup above it into `target/screens`.
public final class Shots {

  private static final File FOLDER = new File("target/screens");

  private Shots() {}

  /// Call on the screen's thread.
  static void take(Stage stage, String name) {
    BufferedImage picture =
        new BufferedImage(
            (int) stage.getScene().getWidth(),
            (int) stage.getScene().getHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    for (Window window : Window.getWindows()) {
      if (window.isShowing() && window.getScene() != null) {
        canvas.drawImage(
            SwingFXUtils.fromFXImage(image(window), null),
            (int) (left(window) - left(stage)),
            (int) (top(window) - top(stage)),
            null);
      }
    }
    canvas.dispose();
    try {
      FOLDER.mkdirs();
      ImageIO.write(picture, "png", new File(FOLDER, name + ".png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Image image(Window window) {
    if (window instanceof Stage) {
      return window.getScene().snapshot(null);
    }
    SnapshotParameters transparent = new SnapshotParameters();
    transparent.setFill(Color.TRANSPARENT);
    return window.getScene().getRoot().snapshot(transparent, null);
  }

  private static double left(Window window) {
    return window.getX() + window.getScene().getX();
  }

  private static double top(Window window) {
    return window.getY() + window.getScene().getY();
  }
}
