package io.countersign.server.reconciliation.statement;

import java.time.LocalDate;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Finds the booked opening and closing balance among a camt statement's `Bal` elements.
///
/// Opening is `OPBD`, else `PRCD` (the closing balance before), else on a later page the first
/// `ITBD`; closing is `CLBD`, else on a page that is not the last the last `ITBD`. Available and
/// forward balances say nothing about booked lines.
final class CamtBalances {

  private record Stated(
      String amount, String currency, String direction, @Nullable LocalDate on, Place place) {}

  private @Nullable Stated openingBooked;
  private @Nullable Stated previouslyClosed;
  private @Nullable Stated firstInterim;
  private @Nullable Stated lastInterim;
  private @Nullable Stated closingBooked;

  /// The day for entries that name none.
  @Nullable LocalDate day() {
    return closingBooked == null ? null : closingBooked.on;
  }

  void read(CamtCursor xml) throws XMLStreamException {
    Place place = xml.place();
    String type = "";
    String amount = "";
    String currency = "";
    String direction = "";
    LocalDate on = null;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Tp" -> type = xml.deepText();
        case "Amt" -> {
          currency = xml.attribute("Ccy");
          amount = xml.text();
        }
        case "CdtDbtInd" -> direction = xml.text();
        case "Dt" -> on = FileDay.iso(xml.deepText());
        default -> xml.skip();
      }
    }
    keep(type, new Stated(amount, currency, direction, on, place));
  }

  // A subtype such as INTM may follow the type.
  private void keep(String type, Stated stated) {
    switch (type.length() > 4 ? type.substring(0, 4) : type) {
      case "OPBD" -> openingBooked = openingBooked == null ? stated : openingBooked;
      case "PRCD" -> previouslyClosed = previouslyClosed == null ? stated : previouslyClosed;
      case "CLBD" -> closingBooked = stated;
      case "ITBD" -> {
        firstInterim = firstInterim == null ? stated : firstInterim;
        lastInterim = stated;
      }
      default -> {
        // Available and forward balances, and banks' own kinds.
      }
    }
  }

  void addTo(StatementTally statement) {
    Stated opening = openingBooked != null ? openingBooked : previouslyClosed;
    Stated closing = closingBooked;
    if (opening == null && firstInterim != null && (closing != null || twoInterims())) {
      opening = firstInterim;
    }
    if (closing == null && lastInterim != null && !lastInterim.equals(opening)) {
      closing = lastInterim;
    }
    if (opening != null) {
      var amount = DecimalText.xml(opening.amount, opening.place);
      statement.opening(
          CamtReader.signed(amount, opening.direction, opening.place),
          opening.currency,
          opening.on,
          opening.place);
    }
    if (closing != null) {
      var amount = DecimalText.xml(closing.amount, closing.place);
      statement.closing(
          CamtReader.signed(amount, closing.direction, closing.place),
          closing.currency,
          closing.on,
          closing.place);
    }
  }

  private boolean twoInterims() {
    return firstInterim != null && !firstInterim.equals(lastInterim);
  }
}
