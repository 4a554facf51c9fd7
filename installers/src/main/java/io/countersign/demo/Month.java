package io.countersign.demo;

import io.countersign.client.Intent;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A month of plausible business, the same at every start on the same day.
///
/// @param movements in an order in which no wallet is ever overdrawn
record Month(
    LocalDate today, List<Merchant> merchants, List<String> wallets, List<Movement> movements) {

  static final String BANK = "bank:operating";
  static final String CAPITAL = "equity:capital";
  static final String FEES = "revenue:fees";
  static final String BANK_FEES = "expense:bank-fees";

  /// The reference of the last movement that is loaded.
  static final String LAST_REFERENCE = "DEMO-COMPLETE";

  static final long CAPITAL_MINOR_UNITS = 50_000_000;

  private static final int WALLETS = 200;
  private static final int DAYS = 30;
  private static final int DEPOSITS_A_DAY = 12;
  private static final int PURCHASES_A_DAY = 18;
  private static final long SEED = 20261101;

  private static final List<String> MERCHANTS =
      List.of(
          "Alder Books",
          "Beacon Coffee",
          "Copper Kettle",
          "Dune Surf Shop",
          "Elm Street Bakery",
          "Fjord Outdoors",
          "Granite Gym",
          "Harbour Fish",
          "Iris Flowers",
          "Juniper Pharmacy",
          "Kite Toys",
          "Larch Furniture",
          "Meridian Travel",
          "North Light Photo",
          "Orchard Foods",
          "Pebble Ceramics",
          "Quartz Watches",
          "River Cycles",
          "Saffron Kitchen",
          "Tide Records");

  record Merchant(String account, String name) {}

  enum Kind {
    CAPITAL,
    DEPOSIT,
    PURCHASE,
    PAYOUT
  }

  /// @param from is debited
  /// @param to is credited
  /// @param number within the month, for keys and references
  record Movement(
      int number, Kind kind, LocalDate day, String from, String to, long minorUnits, String text) {

    String reference() {
      return kind.name().substring(0, 3)
          + "-"
          + day.format(DateTimeFormatter.BASIC_ISO_DATE)
          + "-"
          + String.format("%04d", number);
    }

    /// Whether the bank's statement shows it.
    boolean throughBank() {
      return from.equals(BANK) || to.equals(BANK);
    }

    /// Minor units as the bank sees them: what comes in is positive.
    long atBank() {
      return from.equals(BANK) ? minorUnits : -minorUnits;
    }
  }

  static Month before(LocalDate today) {
    List<Merchant> merchants =
        IntStream.range(0, MERCHANTS.size())
            .mapToObj(i -> new Merchant(String.format("merchant:%02d", i + 1), MERCHANTS.get(i)))
            .toList();
    List<String> wallets =
        IntStream.rangeClosed(1, WALLETS).mapToObj(i -> String.format("wallet:%04d", i)).toList();
    return new Month(today, merchants, wallets, new Course(today, merchants, wallets).movements());
  }

  /// The key of one call: the same whenever the month of this day is loaded.
  Intent intent(String what) {
    return new Intent("demonstration-" + today + "-" + what);
  }

  List<Movement> on(LocalDate day) {
    return movements.stream().filter(movement -> movement.day().equals(day)).toList();
  }

  List<LocalDate> days() {
    return movements.stream()
        .map(Movement::day)
        .distinct()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /// Draws the movements one after the other, keeping count so that nobody spends what is not
  /// there.
  private static final class Course {

    private final Random random = new Random(SEED);
    private final LocalDate today;
    private final List<Merchant> merchants;
    private final List<String> wallets;
    private final long[] walletMinorUnits = new long[WALLETS];
    private final long[] merchantMinorUnits = new long[MERCHANTS.size()];
    private final List<Movement> movements = new ArrayList<>();

    Course(LocalDate today, List<Merchant> merchants, List<String> wallets) {
      this.today = today;
      this.merchants = merchants;
      this.wallets = wallets;
    }

    List<Movement> movements() {
      LocalDate first = today.minusDays(DAYS);
      add(Kind.CAPITAL, first, BANK, CAPITAL, CAPITAL_MINOR_UNITS, "Paid-in capital");
      for (LocalDate day = first; day.isBefore(today); day = day.plusDays(1)) {
        for (int i = 0; i < DEPOSITS_A_DAY; i++) {
          deposit(day);
        }
        for (int i = 0; i < PURCHASES_A_DAY; i++) {
          purchase(day);
        }
        if (day.getDayOfWeek().getValue() == 5) {
          payouts(day);
        }
      }
      return List.copyOf(movements);
    }

    private void deposit(LocalDate day) {
      int wallet = random.nextInt(WALLETS);
      long minorUnits = 1000L + random.nextInt(40) * 500L;
      walletMinorUnits[wallet] += minorUnits;
      add(Kind.DEPOSIT, day, BANK, wallets.get(wallet), minorUnits, "Top-up by bank transfer");
    }

    private void purchase(LocalDate day) {
      int[] funded =
          IntStream.range(0, WALLETS).filter(wallet -> walletMinorUnits[wallet] >= 500).toArray();
      int wallet = funded[random.nextInt(funded.length)];
      int merchant = random.nextInt(merchants.size());
      long most = Math.min(walletMinorUnits[wallet], 9000);
      long minorUnits = 100 + (long) random.nextInt((int) most - 100);
      walletMinorUnits[wallet] -= minorUnits;
      merchantMinorUnits[merchant] += minorUnits;
      Merchant to = merchants.get(merchant);
      add(
          Kind.PURCHASE,
          day,
          wallets.get(wallet),
          to.account(),
          minorUnits,
          "Purchase at " + to.name());
    }

    private void payouts(LocalDate day) {
      int[] byBalance =
          IntStream.range(0, merchantMinorUnits.length)
              .boxed()
              .sorted(Comparator.comparingLong(i -> -merchantMinorUnits[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int merchant : Arrays.copyOf(byBalance, 5)) {
        long minorUnits = merchantMinorUnits[merchant] / 2;
        if (minorUnits > 0) {
          merchantMinorUnits[merchant] -= minorUnits;
          Merchant from = merchants.get(merchant);
          add(
              Kind.PAYOUT,
              day,
              from.account(),
              BANK,
              minorUnits,
              "Weekly payout to " + from.name());
        }
      }
    }

    private void add(
        Kind kind, LocalDate day, String from, String to, long minorUnits, String text) {
      movements.add(new Movement(movements.size() + 1, kind, day, from, to, minorUnits, text));
    }
  }
}
