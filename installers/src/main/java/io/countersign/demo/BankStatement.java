package io.countersign.demo;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A bank's statement of one day as ISO 20022 camt.053.001.08.
///
/// @param openingMinorUnits balance before the first line
record BankStatement(
    String account,
    CurrencyCode currency,
    LocalDate day,
    long openingMinorUnits,
    List<Line> lines) {

  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

  /// @param minorUnits positive when credited
  record Line(String reference, long minorUnits, String text) {}

  long closingMinorUnits() {
    return openingMinorUnits + lines.stream().mapToLong(Line::minorUnits).sum();
  }

  byte[] toXml() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, "Document");
      xml.writeDefaultNamespace(NAMESPACE);
      start(xml, "BkToCstmrStmt");
      start(xml, "GrpHdr");
      element(xml, "MsgId", "STATEMENT-" + day);
      element(xml, "CreDtTm", day + "T23:00:00Z");
      xml.writeEndElement();
      writeStatement(xml);
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeStatement(XMLStreamWriter xml) throws XMLStreamException {
    start(xml, "Stmt");
    element(xml, "Id", "STATEMENT-" + day);
    element(xml, "CreDtTm", day + "T23:00:00Z");
    start(xml, "Acct");
    start(xml, "Id");
    element(xml, "IBAN", account);
    xml.writeEndElement();
    element(xml, "Ccy", currency.toString());
    xml.writeEndElement();
    writeBalance(xml, "OPBD", openingMinorUnits);
    writeBalance(xml, "CLBD", closingMinorUnits());
    for (Line line : lines) {
      writeLine(xml, line);
    }
    xml.writeEndElement();
  }

  private void writeBalance(XMLStreamWriter xml, String code, long minorUnits)
      throws XMLStreamException {
    start(xml, "Bal");
    start(xml, "Tp");
    start(xml, "CdOrPrtry");
    element(xml, "Cd", code);
    xml.writeEndElement();
    xml.writeEndElement();
    writeAmount(xml, minorUnits);
    writeDay(xml, "Dt");
    xml.writeEndElement();
  }

  private void writeLine(XMLStreamWriter xml, Line line) throws XMLStreamException {
    start(xml, "Ntry");
    writeAmount(xml, line.minorUnits());
    start(xml, "Sts");
    element(xml, "Cd", "BOOK");
    xml.writeEndElement();
    writeDay(xml, "BookgDt");
    writeDay(xml, "ValDt");
    start(xml, "NtryDtls");
    start(xml, "TxDtls");
    start(xml, "Refs");
    element(xml, "EndToEndId", line.reference());
    xml.writeEndElement();
    start(xml, "RmtInf");
    element(xml, "Ustrd", line.text());
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void writeAmount(XMLStreamWriter xml, long minorUnits) throws XMLStreamException {
    start(xml, "Amt");
    xml.writeAttribute("Ccy", currency.toString());
    xml.writeCharacters(
        new Money(Math.absExact(minorUnits), currency).inMajorUnits().toPlainString());
    xml.writeEndElement();
    element(xml, "CdtDbtInd", minorUnits < 0 ? "DBIT" : "CRDT");
  }

  private void writeDay(XMLStreamWriter xml, String name) throws XMLStreamException {
    start(xml, name);
    element(xml, "Dt", day.toString());
    xml.writeEndElement();
  }

  private static void start(XMLStreamWriter xml, String name) throws XMLStreamException {
    xml.writeStartElement(name);
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
