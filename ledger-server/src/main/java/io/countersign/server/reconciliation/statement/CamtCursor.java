package io.countersign.server.reconciliation.statement;

import java.io.Reader;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Walks an XML stream by local names, in constant memory, trusting nothing in it: no DTD, no
/// entities but XML's own, no text without bound.
final class CamtCursor {

  private static final int TEXT_MAX = 2_000;
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;
  private final int linesBefore;

  /// @param linesBefore how many lines of white space were skipped in front of the document
  CamtCursor(Reader file, int linesBefore) throws XMLStreamException {
    this.xml = FACTORY.createXMLStreamReader(file);
    this.linesBefore = linesBefore;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    // With no DTD the only entities are XML's own, such as &amp;, and large files hold any number.
    factory.setProperty("jdk.xml.entityExpansionLimit", "0");
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    // Without a reporter the JDK prints what is wrong with a file to the console.
    factory.setXMLReporter((message, type, information, location) -> {});
    return factory;
  }

  /// Moves to the next event of the document.
  ///
  /// @return false at the document's end
  boolean advance() throws XMLStreamException {
    if (!xml.hasNext()) {
      return false;
    }
    int event = xml.next();
    if (event == XMLStreamReader.DTD || event == XMLStreamReader.ENTITY_REFERENCE) {
      throw place()
          .unreadable(
              "The file declares entities or a document type (DOCTYPE), which no bank statement"
                  + " does. It was not read.");
    }
    return true;
  }

  /// Moves to the next child of the element whose start or child was read last; the caller reads or
  /// skips each child whole.
  ///
  /// @return false at the end of that element
  boolean nextChild() throws XMLStreamException {
    while (advance()) {
      if (xml.isStartElement()) {
        return true;
      }
      if (xml.isEndElement()) {
        return false;
      }
    }
    throw place().unreadable("The file ends in the middle. Fetch it from the bank again.");
  }

  boolean atStart() {
    return xml.isStartElement();
  }

  String name() {
    return xml.getLocalName();
  }

  String attribute(String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i).strip();
      }
    }
    return "";
  }

  void skip() throws XMLStreamException {
    int depth = 1;
    while (depth > 0 && advance()) {
      if (xml.isStartElement()) {
        depth++;
      } else if (xml.isEndElement()) {
        depth--;
      }
    }
  }

  /// The text of the element whose start was read last, without blanks around it, cut at 2,000
  /// characters; elements within it are skipped.
  String text() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    while (advance()) {
      if (xml.isEndElement()) {
        break;
      }
      if (xml.isStartElement()) {
        skip();
      } else {
        append(text);
      }
    }
    return text.toString().strip();
  }

  /// The text of the element and of all within it, for what one version writes as text and another
  /// as an element of its own.
  String deepText() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0 && advance()) {
      if (xml.isStartElement()) {
        depth++;
      } else if (xml.isEndElement()) {
        depth--;
      } else {
        append(text);
      }
    }
    return text.toString().strip();
  }

  private void append(StringBuilder text) {
    if (xml.isCharacters()) {
      int room = Math.min(TEXT_MAX - text.length(), xml.getTextLength());
      text.append(xml.getTextCharacters(), xml.getTextStart(), room);
    }
  }

  Place place() {
    Location location = xml.getLocation();
    return new Place(location.getLineNumber() + linesBefore, location.getColumnNumber());
  }
}
