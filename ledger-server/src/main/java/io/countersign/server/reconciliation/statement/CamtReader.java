package io.countersign.server.reconciliation.statement;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/// Reads ISO 20022 camt.053, every version, by local names: `BkToCstmrStmt` wherever it stands,
/// since banks wrap the document in an `AppHdr` envelope or in one of their own.
final class CamtReader {

  // What people confuse with a statement, by the message's own element.
  private static final Map<String, String> OTHER_MESSAGES =
      Map.of(
          "BkToCstmrAcctRpt",
          "This is a camt.052, a report within the day. Upload the camt.053 of the whole day"
              + " instead.",
          "BkToCstmrDbtCdtNtfctn",
          "This is a camt.054, a notification of single entries. Upload the camt.053 statement"
              + " instead.",
          "CstmrCdtTrfInitn",
          "This is a pain.001, an order to the bank. Upload the camt.053 statement instead.",
          "CstmrDrctDbtInitn",
          "This is a pain.008, an order to the bank. Upload the camt.053 statement instead.",
          "CstmrPmtStsRpt",
          "This is a pain.002, a status report. Upload the camt.053 statement instead.");

  private final CamtCursor xml;
  private final StatementSink sink;
  private int statements;

  private CamtReader(CamtCursor xml, StatementSink sink) {
    this.xml = xml;
    this.sink = sink;
  }

  static void read(Reader file, int linesBefore, StatementSink sink) throws IOException {
    try {
      new CamtReader(new CamtCursor(file, linesBefore), sink).document();
    } catch (XMLStreamException e) {
      throw broken(e, linesBefore);
    }
  }

  private static UnreadableStatement broken(XMLStreamException failure, int linesBefore)
      throws IOException {
    if (failure.getNestedException() instanceof IOException lost
        && !(lost instanceof CharacterCodingException)) {
      throw lost;
    }
    var location = failure.getLocation();
    int line = location == null ? 1 : location.getLineNumber() + linesBefore;
    int column = location == null ? 1 : location.getColumnNumber();
    return new UnreadableStatement(
        line, column, "The file is broken or cut short here. Fetch it from the bank again.");
  }

  private void document() throws XMLStreamException {
    boolean camt = false;
    while (xml.advance()) {
      if (!xml.atStart()) {
        continue;
      }
      String name = xml.name();
      String advice = OTHER_MESSAGES.get(name);
      if (advice != null) {
        throw xml.place().unreadable(advice);
      }
      if (name.equals("BkToCstmrStmt")) {
        camt = true;
        message();
      }
    }
    if (!camt) {
      throw Place.START.unreadable(
          "The file is XML, but no camt.053 statement: it has no element BkToCstmrStmt. "
              + StatementReader.SUPPORTED);
    }
    if (statements == 0) {
      throw Place.START.unreadable(
          "The camt.053 message holds no statement (Stmt). Fetch it again.");
    }
  }

  private void message() throws XMLStreamException {
    while (xml.nextChild()) {
      if (xml.name().equals("Stmt")) {
        statement();
        statements++;
      } else {
        xml.skip();
      }
    }
  }

  private void statement() throws XMLStreamException {
    StatementTally statement = new StatementTally(StatementFormat.CAMT_053, sink, xml.place());
    CamtBalances balances = new CamtBalances();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Id" -> statement.number(xml.text());
        case "Acct" -> account(statement);
        case "Bal" -> balances.read(xml);
        case "Ntry" -> new CamtEntry(xml).addTo(statement, balances.day());
        default -> xml.skip();
      }
    }
    balances.addTo(statement);
    statement.end();
  }

  private void account(StatementTally statement) throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Id" -> accountId(statement);
        case "Ccy" -> {
          Place place = xml.place();
          statement.currency(xml.text(), place);
        }
        default -> xml.skip();
      }
    }
  }

  // Id/IBAN or Id/Othr/Id.
  private void accountId(StatementTally statement) throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "IBAN" -> statement.account(xml.text());
        case "Othr" -> {
          while (xml.nextChild()) {
            if (xml.name().equals("Id")) {
              statement.account(xml.text());
            } else {
              xml.skip();
            }
          }
        }
        default -> xml.skip();
      }
    }
  }

  static BigDecimal signed(BigDecimal amount, String direction, Place place) {
    return switch (direction) {
      case "CRDT" -> amount;
      case "DBIT" -> amount.negate();
      default ->
          throw place.unreadable(
              "An amount here says neither CRDT nor DBIT (CdtDbtInd). Ask the bank for a correct"
                  + " file.");
    };
  }
}
