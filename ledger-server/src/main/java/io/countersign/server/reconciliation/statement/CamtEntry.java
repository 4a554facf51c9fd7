package io.countersign.server.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Reads one `Ntry`. Its own amount is the truth: what its details add up to is not asked, since
/// real files carry details of amount 0, in other currencies, or none.
final class CamtEntry {

  private static final int TEXT_MAX = 4_000;
  // RltdPties/Dbtr/Pty; deeper nesting is no party, and must not nest our own calls.
  private static final int PARTY_DEPTH_MAX = 2;

  private final CamtCursor xml;
  private final Place start;
  private final References references = new References();
  private final Set<String> texts = new LinkedHashSet<>();
  private int textLength;
  private @Nullable BigDecimal amount;
  private String currency = "";
  private String direction = "";
  private String status = "";
  private @Nullable LocalDate bookedOn;
  private @Nullable LocalDate valueDate;
  private @Nullable String valueDateText;

  CamtEntry(CamtCursor xml) {
    this.xml = xml;
    this.start = xml.place();
  }

  void addTo(StatementTally statement, @Nullable LocalDate bookedOtherwise)
      throws XMLStreamException {
    read();
    if (!isBooked()) {
      return;
    }
    if (amount == null) {
      throw start.unreadable("This entry (Ntry) has no amount. Ask the bank for a complete file.");
    }
    LocalDate booked = bookedOn != null ? bookedOn : valueDate;
    statement.line(
        CamtReader.signed(amount, direction, start),
        currency,
        valueDate,
        valueDateText,
        booked != null ? booked : bookedOtherwise,
        references.all(),
        String.join(" ", texts),
        start);
  }

  // Only booked entries are in the booked balances. Absent in some files: then all are booked.
  private boolean isBooked() {
    return status.isEmpty() || status.equals("BOOK");
  }

  // The indicator alone says which way the money went: with RvslInd true, CRDT is a debit that came
  // back (ISO 20022, camt.053, ReversalIndicator), so RvslInd turns no sign.
  private void read() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Amt" -> {
          currency = xml.attribute("Ccy");
          Place place = xml.place();
          amount = DecimalText.xml(xml.text(), place);
        }
        case "CdtDbtInd" -> direction = xml.text();
        // <Sts>BOOK</Sts> up to version 7, <Sts><Cd>BOOK</Cd></Sts> from version 8.
        case "Sts" -> status = xml.deepText();
        case "BookgDt" -> bookedOn = FileDay.iso(xml.deepText());
        case "ValDt" -> {
          String text = FileDay.withoutTime(xml.deepText());
          valueDateText = text.isEmpty() ? null : text;
          valueDate = FileDay.iso(text);
        }
        case "AcctSvcrRef" -> references.add(xml.text());
        case "AddtlNtryInf" -> text(xml.text());
        case "NtryDtls" -> details();
        default -> xml.skip();
      }
    }
  }

  private void details() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Btch" -> batch();
        case "TxDtls" -> transaction();
        default -> xml.skip();
      }
    }
  }

  private void batch() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "PmtInfId", "MsgId" -> references.add(xml.text());
        default -> xml.skip();
      }
    }
  }

  private void transaction() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Refs" -> references();
        case "RmtInf" -> remittance();
        case "RltdPties" -> parties(0);
        case "AddtlTxInf" -> text(xml.text());
        default -> xml.skip();
      }
    }
  }

  // A mandate (MndtId) names many payments and is no reference to one.
  private void references() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "EndToEndId",
            "InstrId",
            "TxId",
            "UETR",
            "AcctSvcrRef",
            "PmtInfId",
            "ClrSysRef",
            "ChqNb",
            "AcctOwnrTxId",
            "AcctSvcrTxId",
            "MsgId" ->
            references.add(xml.text());
        case "Prtry" -> proprietaryReference();
        default -> xml.skip();
      }
    }
  }

  private void proprietaryReference() throws XMLStreamException {
    while (xml.nextChild()) {
      if (xml.name().equals("Ref")) {
        references.add(xml.text());
      } else {
        xml.skip();
      }
    }
  }

  private void remittance() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Ustrd" -> text(xml.text());
        case "Strd" -> structured();
        default -> xml.skip();
      }
    }
  }

  // Strd/CdtrRefInf/Ref, such as ISO 11649 "RF…", and Strd/RfrdDocInf/Nb, an invoice number.
  private void structured() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "CdtrRefInf" -> children("Ref");
        case "RfrdDocInf" -> children("Nb");
        case "AddtlRmtInf" -> text(xml.text());
        default -> xml.skip();
      }
    }
  }

  private void children(String name) throws XMLStreamException {
    while (xml.nextChild()) {
      if (xml.name().equals(name)) {
        String found = xml.text();
        references.add(found);
        text(found);
      } else {
        xml.skip();
      }
    }
  }

  // Dbtr/Nm up to version 7, Dbtr/Pty/Nm from version 8.
  private void parties(int depth) throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Dbtr", "Cdtr", "Pty" -> {
          if (depth < PARTY_DEPTH_MAX) {
            parties(depth + 1);
          } else {
            xml.skip();
          }
        }
        case "Nm" -> text(xml.text());
        default -> xml.skip();
      }
    }
  }

  private void text(String piece) {
    if (!piece.isEmpty() && textLength + piece.length() <= TEXT_MAX && texts.add(piece)) {
      textLength += piece.length();
    }
  }
}
