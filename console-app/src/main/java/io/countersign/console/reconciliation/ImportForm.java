package io.countersign.console.reconciliation;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.ActionForm;
import io.countersign.console.ui.Overlay;
import io.countersign.model.reconciliation.Source;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/// Asks which files to read and whom they are from.
final class ImportForm {

  private static final String BETWEEN = "; ";

  private final ReconciliationViewModel model;
  private final Overlay overlay;

  ImportForm(ReconciliationViewModel model, Overlay overlay) {
    this.model = model;
    this.overlay = overlay;
  }

  /// @param files chosen already; may be none
  void open(List<Path> files) {
    ComboBox<Source> source = new ComboBox<>(model.sources());
    source.setId("importSource");
    source.setMaxWidth(Double.MAX_VALUE);
    source.setConverter(SourceNames.converter());
    source.setValue(
        model.sourceProperty().get() == null && model.sources().size() == 1
            ? model.sources().getFirst()
            : model.sourceProperty().get());
    TextField paths = new TextField(joined(files));
    paths.setId("importFiles");
    HBox.setHgrow(paths, Priority.ALWAYS);
    Button browse = new Button("Browse…");
    browse.setMinWidth(Button.USE_PREF_SIZE);
    browse.setOnAction(event -> browse(browse, paths));
    ActionForm form =
        new ActionForm(
            "importForm",
            "Read statements",
            "The format is recognised from the content. A file that was read before adds nothing,"
                + " whatever its name.",
            overlay);
    form.field("From", source).field("Files", new HBox(6, paths, browse));
    form.confirmedBy(
        Bindings.createStringBinding(
            () -> doing(source.getValue(), read(paths.getText())),
            source.valueProperty(),
            paths.textProperty()),
        Bindings.createObjectBinding(
            () -> verdict(source.getValue(), read(paths.getText())),
            source.valueProperty(),
            paths.textProperty()),
        model.action(),
        "accent",
        () -> {
          overlay.hide();
          model.imports().send(read(paths.getText()), source.getValue().code());
        });
    form.open();
  }

  private static void browse(Button near, TextField paths) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Read statements");
    List<File> chosen = chooser.showOpenMultipleDialog(near.getScene().getWindow());
    if (chosen != null) {
      paths.setText(joined(chosen.stream().map(File::toPath).toList()));
    }
  }

  private static String joined(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(BETWEEN));
  }

  private static List<Path> read(String text) {
    try {
      return Arrays.stream(text.split(";", -1))
          .map(String::strip)
          .filter(path -> !path.isEmpty())
          .map(Path::of)
          .toList();
    } catch (InvalidPathException noPath) {
      return List.of();
    }
  }

  private static String doing(@Nullable Source source, List<Path> files) {
    String what =
        files.size() == 1
            ? String.valueOf(files.getFirst().getFileName())
            : files.size() + " files";
    return files.isEmpty() || source == null ? "Read" : "Read " + what + " from " + source.name();
  }

  private Verdict verdict(@Nullable Source source, List<Path> files) {
    if (source == null) {
      return Verdict.no("Choose whom they are from.");
    }
    if (files.isEmpty()) {
      return Verdict.no("Name a file.");
    }
    for (Path file : files) {
      String problem = FileImports.problem(file);
      if (!problem.isEmpty()) {
        return Verdict.no(problem);
      }
    }
    return model.mayWork();
  }
}
