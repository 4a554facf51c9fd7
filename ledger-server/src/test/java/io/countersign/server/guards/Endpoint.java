package io.countersign.server.guards;

/// A method and a path, with the names of its variables left out.
record Endpoint(String method, String path) implements Comparable<Endpoint> {

  Endpoint {
    path = path.replaceAll("\\{[^}]*}", "{}");
  }

  static Endpoint parse(String line) {
    int space = line.indexOf(' ');
    return new Endpoint(line.substring(0, space), line.substring(space + 1).strip());
  }

  @Override
  public int compareTo(Endpoint other) {
    int byPath = path.compareTo(other.path);
    return byPath != 0 ? byPath : method.compareTo(other.method);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
