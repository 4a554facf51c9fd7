package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Operation.Kind;
import io.countersign.server.sandbox.Operation.State;
import io.countersign.server.sandbox.Settlement.Row;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The settlement as a bank would state it (ISO 20022 camt.053.001.08): one statement per currency
/// of the merchant's account at the acquirer, gross, each chained to the day before.
final class SettlementStatement {

  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

  private final LocalDate day;
  private final Set<Drift> drifts;

  SettlementStatement(LocalDate day, Set<Drift> drifts) {
    this.day = day;
    this.drifts = drifts;
  }

  /// @param rows what the day's statements show
  /// @param decided everything the acquirer ever did, for the opening balances
  String write(List<Row> rows, List<Operation> decided) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("Document");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeStartElement("BkToCstmrStmt");
      xml.writeStartElement("GrpHdr");
      element(xml, "MsgId", "SBX-" + day);
      element(xml, "CreDtTm", day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC).toString());
      xml.writeEndElement();
      for (String currency : currencies(rows, decided)) {
        statement(xml, currency, rows, decided);
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string takes all that is written", e);
    }
    return text.toString();
  }

  private static Set<String> currencies(List<Row> rows, List<Operation> decided) {
    Set<String> currencies = new TreeSet<>();
    rows.forEach(row -> currencies.add(row.currency()));
    decided.stream()
        .filter(operation -> operation.state() == State.DONE)
        .forEach(operation -> currencies.add(operation.amount().currency()));
    return currencies;
  }

  private void statement(
      XMLStreamWriter xml, String currency, List<Row> rows, List<Operation> decided)
      throws XMLStreamException {
    List<Row> own = rows.stream().filter(row -> row.currency().equals(currency)).toList();
    long opening = opening(currency, decided);
    long closing = opening + own.stream().mapToLong(Row::gross).sum();
    long stated = drifts.contains(Drift.BALANCE) ? closing + 1 : closing;
    xml.writeStartElement("Stmt");
    element(xml, "Id", "SBX-" + day + "-" + currency);
    element(xml, "ElctrncSeqNb", String.valueOf(day.toEpochDay()));
    xml.writeStartElement("Acct");
    xml.writeStartElement("Id");
    xml.writeStartElement("Othr");
    element(xml, "Id", "SANDBOX-" + currency);
    xml.writeEndElement();
    xml.writeEndElement();
    element(xml, "Ccy", currency);
    xml.writeEndElement();
    balance(xml, "OPBD", day.minusDays(1), new Amount(opening, currency));
    balance(xml, "CLBD", day, new Amount(stated, currency));
    for (Row row : own) {
      entry(xml, row);
    }
    xml.writeEndElement();
  }

  private long opening(String currency, List<Operation> decided) {
    return decided.stream()
        .filter(operation -> operation.state() == State.DONE)
        .filter(operation -> operation.amount().currency().equals(currency))
        .filter(operation -> Settlement.dayOf(operation).isBefore(day))
        .mapToLong(Settlement::signed)
        .sum();
  }

  private static void balance(XMLStreamWriter xml, String code, LocalDate on, Amount amount)
      throws XMLStreamException {
    xml.writeStartElement("Bal");
    xml.writeStartElement("Tp");
    xml.writeStartElement("CdOrPrtry");
    element(xml, "Cd", code);
    xml.writeEndElement();
    xml.writeEndElement();
    signedAmount(xml, amount);
    xml.writeStartElement("Dt");
    element(xml, "Dt", on.toString());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void entry(XMLStreamWriter xml, Row row) throws XMLStreamException {
    xml.writeStartElement("Ntry");
    signedAmount(xml, row.grossAmount());
    xml.writeStartElement("Sts");
    element(xml, "Cd", "BOOK");
    xml.writeEndElement();
    date(xml, "BookgDt");
    date(xml, "ValDt");
    element(xml, "AcctSvcrRef", row.reference());
    xml.writeStartElement("BkTxCd");
    xml.writeStartElement("Prtry");
    element(xml, "Cd", row.kind() == Kind.CHARGE ? "CHARGE" : "REFUND");
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeStartElement("NtryDtls");
    xml.writeStartElement("TxDtls");
    xml.writeStartElement("Refs");
    element(xml, "AcctSvcrRef", row.reference());
    element(xml, "EndToEndId", row.key());
    xml.writeEndElement();
    if (!row.merchantReference().isEmpty()) {
      xml.writeStartElement("RmtInf");
      element(xml, "Ustrd", row.merchantReference());
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void date(XMLStreamWriter xml, String name) throws XMLStreamException {
    xml.writeStartElement(name);
    element(xml, "Dt", day.toString());
    xml.writeEndElement();
  }

  private static void signedAmount(XMLStreamWriter xml, Amount amount) throws XMLStreamException {
    xml.writeStartElement("Amt");
    xml.writeAttribute("Ccy", amount.currency());
    xml.writeCharacters(amount.of(Math.abs(amount.minorUnits())).inMajorUnits());
    xml.writeEndElement();
    element(xml, "CdtDbtInd", amount.minorUnits() < 0 ? "DBIT" : "CRDT");
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
