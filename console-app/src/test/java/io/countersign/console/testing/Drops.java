package io.countersign.console.testing;

import com.sun.javafx.scene.input.DragboardHelper;
import com.sun.javafx.tk.TKClipboard;
import java.io.File;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/// Files that come from outside the window, as a desktop would drop them. The platform without a
/// display has no desktop, so the events are made here.
final class Drops {

  private Drops() {}

  /// Call on the screen's thread.
  static void drop(Node on, List<File> files) {
    Dragboard board = board(files);
    on.fireEvent(event(DragEvent.DRAG_OVER, board));
    on.fireEvent(event(DragEvent.DRAG_DROPPED, board));
  }

  private static DragEvent event(EventType<DragEvent> type, Dragboard board) {
    return new DragEvent(type, board, 10, 10, 10, 10, TransferMode.COPY, null, null, null);
  }

  private static Dragboard board(List<File> files) {
    TKClipboard clipboard =
        (TKClipboard)
            Proxy.newProxyInstance(
                Drops.class.getClassLoader(),
                new Class<?>[] {TKClipboard.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "hasContent" -> arguments[0].equals(DataFormat.FILES);
                      case "getContent" -> arguments[0].equals(DataFormat.FILES) ? files : null;
                      case "getContentTypes" -> Set.of(DataFormat.FILES);
                      case "getTransferModes" -> Set.of(TransferMode.COPY);
                      default -> null;
                    });
    return DragboardHelper.createDragboard(clipboard);
  }
}
