package io.countersign.server.guards;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The endpoints that `docs/api.md` names in sections 3 to 9, as its shorthand is meant: `L` is a
/// ledger, `a|b` two endpoints, `/notes` and `…/reopen` the neighbour of the endpoint before.
final class ContractPage {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern FULL =
      Pattern.compile("(GET|POST|PATCH|PUT|DELETE) ((?:L|/v1|…)/?\\S*)(?: .*)?");
  private static final Pattern NEIGHBOUR = Pattern.compile("(…?/[a-z-]+)(?: \\{.*)?");

  private final NavigableSet<Endpoint> found = new TreeSet<>();
  private String last = "";

  private ContractPage() {}

  static NavigableSet<Endpoint> endpoints(String markdown) {
    var page = new ContractPage();
    int from = markdown.indexOf("\n## 3.");
    int to = markdown.indexOf("\n## 10.");
    for (String line : markdown.substring(from, to).split("\n", -1)) {
      page.last = "";
      CODE.matcher(line).results().map(code -> code.group(1)).forEach(page::read);
    }
    return page.found;
  }

  private void read(String code) {
    Matcher full = FULL.matcher(code);
    Matcher neighbour = NEIGHBOUR.matcher(code);
    if (full.matches() && (!last.isEmpty() || !full.group(2).startsWith("…"))) {
      add(full.group(1), absolute(full.group(2)));
    } else if (neighbour.matches() && !last.isEmpty()) {
      add("POST", absolute("…" + neighbour.group(1).replace("…", "")));
    }
  }

  private void add(String method, String path) {
    last = path.replaceAll("\\|.*", "");
    int slash = path.lastIndexOf('/');
    Arrays.stream(path.substring(slash + 1).split("\\|", -1))
        .map(name -> new Endpoint(method, path.substring(0, slash + 1) + name))
        .forEach(found::add);
  }

  private String absolute(String path) {
    String bare = path.replaceAll("[?].*", "");
    if (bare.startsWith("…/")) {
      return beside(bare.substring(2));
    }
    return bare.replaceFirst("^L(?=/|$)", "/v1/ledgers/{ledger}");
  }

  // "…/deliveries/{evt}" goes on where the last path says "deliveries", else replaces its last
  // name.
  private String beside(String rest) {
    String first = rest.replaceAll("/.*", "");
    int known = last.indexOf("/" + first);
    int cut = known >= 0 ? known : last.lastIndexOf('/');
    return last.substring(0, cut) + "/" + rest;
  }
}
