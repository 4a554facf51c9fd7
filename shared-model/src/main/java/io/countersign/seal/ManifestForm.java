package io.countersign.seal;

import io.countersign.model.exports.CurrencyTotal;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.exports.Manifest;
import io.countersign.model.seals.Seal;
import java.util.HexFormat;
import java.util.List;

/// What the signature of a manifest covers: all of it but the signature.
public final class ManifestForm {

  private ManifestForm() {}

  public static byte[] canonical(Manifest manifest) {
    ExportFilter filter = manifest.filter();
    CanonicalForm form =
        CanonicalForm.of("manifest")
            .text(manifest.ledger())
            .text(filter.kind())
            .text(filter.format())
            .day(filter.from())
            .day(filter.to())
            .text(filter.account())
            .integer(manifest.throughSequence())
            .integer(manifest.rows());
    totals(form, manifest.debitTotals());
    totals(form, manifest.creditTotals());
    form.bytes(HexFormat.of().parseHex(manifest.sha256()));
    Seal seal = manifest.seal();
    form.bytes(seal == null ? null : HexFormat.of().parseHex(seal.hash()));
    return form.bytes(HexFormat.of().parseHex(manifest.publicKey())).toBytes();
  }

  private static void totals(CanonicalForm form, List<CurrencyTotal> totals) {
    form.integer(totals.size());
    totals.forEach(total -> form.text(total.currency()).number(total.minorUnits()));
  }
}
