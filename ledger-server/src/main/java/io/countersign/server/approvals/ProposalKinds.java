package io.countersign.server.approvals;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Impact;
import io.countersign.server.api.CanonicalJson;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The registered kinds, asked with contents as they are stored.
@Component
class ProposalKinds {

  // Asked for late: a kind may need what needs the approvals.
  private final ObjectProvider<ProposalKind<?>> beans;
  private final JsonMapper json;

  ProposalKinds(ObjectProvider<ProposalKind<?>> beans, JsonMapper json) {
    this.beans = beans;
    this.json = json;
  }

  /// @throws IllegalStateException when no feature has registered the kind, or two have
  Asked of(ApprovalKind kind, String content) {
    return asked(kind(kind), content);
  }

  /// The canonical JSON of a value: of a content, or of pins.
  String canonical(Object value) {
    return CanonicalJson.of(json.writeValueAsString(value));
  }

  private ProposalKind<?> kind(ApprovalKind kind) {
    Map<ApprovalKind, ProposalKind<?>> known = new EnumMap<>(ApprovalKind.class);
    beans.forEach(
        bean -> {
          if (known.put(bean.kind(), bean) != null) {
            throw new IllegalStateException("two features propose " + bean.kind());
          }
        });
    ProposalKind<?> found = known.get(kind);
    if (found == null) {
      throw new IllegalStateException("no feature proposes " + kind);
    }
    return found;
  }

  private <C> Asked asked(ProposalKind<C> kind, String content) {
    C read = json.readValue(content, kind.contentType());
    return new Asked() {
      @Override
      public Preamble preamble(LedgerScope ledger) {
        return kind.preamble(ledger, read);
      }

      @Override
      public Map<String, String> pins(LedgerScope ledger) {
        return kind.pins(ledger, read);
      }

      @Override
      public List<Impact> impact(LedgerScope ledger) {
        return kind.impact(ledger, read);
      }

      @Override
      public List<Money> amounts(LedgerScope ledger) {
        return kind.amounts(ledger, read);
      }

      @Override
      public Relation execute(Decision decision) {
        return kind.execute(decision, read);
      }

      @Override
      public void ended(LedgerScope ledger, ProposalKind.ProposalEnd end) {
        kind.ended(ledger, end, read);
      }
    };
  }

  /// A kind together with one content of it.
  interface Asked {
    Preamble preamble(LedgerScope ledger);

    Map<String, String> pins(LedgerScope ledger);

    List<Impact> impact(LedgerScope ledger);

    List<Money> amounts(LedgerScope ledger);

    Relation execute(Decision decision);

    void ended(LedgerScope ledger, ProposalKind.ProposalEnd end);
  }
}
