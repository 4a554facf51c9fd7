package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.journal.TransactionKind;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/// What can be looked up in the search index, as numbers: the highest byte says what kind of thing
/// it is, the others which.
///
/// Terms only narrow a search, and every row found is checked again: two things may share a term,
/// but one thing never has two.
final class SearchTerms {

  private static final int VALUE_BITS = 56;
  private static final int OCTAVE_BITS = 6;

  private static final int KIND = 1;
  private static final int CURRENCY = 2;
  private static final int DAY = 3;
  private static final int ACCOUNT = 4;
  private static final int REFERENCE = 5;
  private static final int LETTER = 6;
  private static final int TRIGRAM = 7;
  private static final int OCTAVE = 8;
  private static final int EIGHTH = 9;

  private static final long MIXER = 0x9E3779B97F4A7C15L;
  private static final int HALF = 32;

  private SearchTerms() {}

  static long kind(TransactionKind kind) {
    return kind(kind.wire());
  }

  static long kind(String wire) {
    return term(KIND, hashed(wire, VALUE_BITS));
  }

  static long currency(CurrencyCode currency) {
    return currency(currency.toString());
  }

  static long currency(String code) {
    return term(CURRENCY, hashed(code, VALUE_BITS));
  }

  static long day(LocalDate day) {
    return term(DAY, day.toEpochDay() - LocalDate.MIN.toEpochDay());
  }

  static TermRange days(LocalDate from, LocalDate to) {
    return new TermRange(day(from), day(to));
  }

  static long reference(String reference) {
    return term(REFERENCE, hashed(reference, VALUE_BITS));
  }

  /// An account's entries of one octave: amounts from a power of two to just below the next.
  static long account(UUID account, long amount) {
    return accountTerms(account) | AmountScale.OCTAVE.step(amount);
  }

  /// All of an account's entries: the octave above that of the largest amounts stands for it.
  static long account(UUID account) {
    return accountTerms(account) | ((1L << OCTAVE_BITS) - 1);
  }

  static TermRange account(UUID account, long least, long most) {
    return new TermRange(account(account, least), account(account, most));
  }

  private static long accountTerms(UUID account) {
    long mixed =
        (account.getMostSignificantBits() * MIXER)
            ^ Long.rotateLeft(account.getLeastSignificantBits(), HALF);
    long hash = (mixed * MIXER) >>> (Long.SIZE - VALUE_BITS + OCTAVE_BITS);
    return term(ACCOUNT, hash << OCTAVE_BITS);
  }

  static long octave(long step) {
    return term(OCTAVE, step);
  }

  static long eighth(long step) {
    return term(EIGHTH, step);
  }

  /// Whether what is stored for a term tells the amounts too, as [SearchAmounts].
  static boolean tellsAmounts(long term) {
    return term >>> VALUE_BITS == EIGHTH;
  }

  /// Gives each letter of a text, whatever its case, and each with the two that follow it; nothing
  /// follows the last ones.
  static void ofText(String text, LongConsumer terms) {
    String folded = folded(text);
    for (int i = 0; i < folded.length(); i++) {
      terms.accept(letter(folded.charAt(i)));
      terms.accept(trigram(folded.charAt(i), at(folded, i + 1), at(folded, i + 2)));
    }
  }

  static long letter(char folded) {
    return term(LETTER, folded);
  }

  /// The trigrams that lie whole within a text of three letters or more: those of every text that
  /// contains it.
  static Set<Long> trigramsWithin(String text) {
    String folded = folded(text);
    Set<Long> terms = new LinkedHashSet<>();
    for (int i = 0; i + 2 < folded.length(); i++) {
      terms.add(trigram(folded.charAt(i), folded.charAt(i + 1), folded.charAt(i + 2)));
    }
    return terms;
  }

  /// The trigrams that begin with these two letters.
  static TermRange pair(String text) {
    String folded = folded(text);
    char first = folded.charAt(0);
    char second = folded.charAt(1);
    return new TermRange(trigram(first, second, '\0'), trigram(first, second, Character.MAX_VALUE));
  }

  /// Folds at least as much as any database does that compares without regard to case: letters that
  /// are equal to it are equal here.
  static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .map(it -> Character.toLowerCase(Character.toUpperCase(Character.toLowerCase(it))))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static long trigram(char first, char second, char third) {
    return term(
        TRIGRAM,
        ((long) first << (2 * Character.SIZE)) | ((long) second << Character.SIZE) | third);
  }

  private static long term(int what, long value) {
    return ((long) what << VALUE_BITS) | value;
  }

  private static long hashed(String text, int bits) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * MIXER;
      hash ^= hash >>> HALF;
    }
    return (hash * MIXER) >>> (Long.SIZE - bits);
  }
}
