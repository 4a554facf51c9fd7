package io.countersign.console.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// The look: light or dark, and the size of the text.
public final class Theme {

  private static final List<String> FONTS =
      List.of("fonts/InterTabular-Regular.otf", "fonts/InterTabular-Bold.otf");

  private static final List<String> STYLES = List.of("console.css", "controlsfx-bridge.css");

  private final Settings settings;
  private final Scene scene;

  public Theme(Settings settings, Scene scene) {
    this.settings = settings;
    this.scene = scene;
    FONTS.forEach(Theme::loadFont);
    STYLES.forEach(
        style ->
            scene
                .getStylesheets()
                .add(Objects.requireNonNull(Theme.class.getResource(style), style).toString()));
    apply();
  }

  public boolean isDark() {
    return settings.isDark();
  }

  public void toggleDark() {
    settings.setDark(!settings.isDark());
    apply();
  }

  public void resizeText(int by) {
    settings.setTextSize(settings.textSize() + by);
    apply();
  }

  /// Again after the scene has been given another root.
  public void apply() {
    Application.setUserAgentStylesheet(
        settings.isDark()
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scene.getRoot().getStyleClass().removeAll("dark", "light");
    scene.getRoot().getStyleClass().add(settings.isDark() ? "dark" : "light");
    scene.getRoot().setStyle("-fx-font-size: " + settings.textSize() + "px;");
  }

  private static void loadFont(String resource) {
    InputStream file = Objects.requireNonNull(Theme.class.getResourceAsStream(resource), resource);
    Objects.requireNonNull(Font.loadFont(file, 13), "unreadable font " + resource);
  }
}
