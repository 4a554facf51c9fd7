package io.countersign.console.ui;

import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Drop-down lists over enums, with a first line for "any of them".
public final class Choices {

  private Choices() {}

  /// @param any the words of the line that stands for no choice
  public static <E extends Enum<E>> void fill(
      ComboBox<@Nullable E> box, Class<E> type, String any, Property<@Nullable E> value) {
    fill(box, type, any, value, Words::of);
  }

  public static <E extends Enum<E>> void fill(
      ComboBox<@Nullable E> box,
      Class<E> type,
      String any,
      Property<@Nullable E> value,
      Function<E, String> words) {
    box.getItems().add(null);
    box.getItems().addAll(type.getEnumConstants());
    box.setButtonCell(new ChoiceCell<>(any, words));
    box.setCellFactory(list -> new ChoiceCell<>(any, words));
    box.valueProperty().bindBidirectional(value);
  }

  /// A list in which something is always chosen.
  public static <E extends Enum<E>> void fillAlways(
      ComboBox<E> box, Class<E> type, Property<E> value, Function<E, String> words) {
    box.setConverter(words(type, words));
    box.getItems().setAll(type.getEnumConstants());
    box.valueProperty().bindBidirectional(value);
  }

  /// Words for a list in which something is always chosen.
  public static <E extends Enum<E>> StringConverter<E> words(
      Class<E> type, Function<E, String> words) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable E constant) {
        return constant == null ? "" : words.apply(constant);
      }

      @Override
      public E fromString(String text) {
        return Enum.valueOf(type, text.toUpperCase(java.util.Locale.ROOT));
      }
    };
  }

  private static final class ChoiceCell<E extends Enum<E>>
      extends javafx.scene.control.ListCell<@Nullable E> {

    private final String any;
    private final Function<E, String> words;

    ChoiceCell(String any, Function<E, String> words) {
      this.any = any;
      this.words = words;
      setText(any);
    }

    @Override
    protected void updateItem(@Nullable E constant, boolean empty) {
      super.updateItem(constant, empty);
      setText(constant == null ? any : words.apply(constant));
    }
  }
}
