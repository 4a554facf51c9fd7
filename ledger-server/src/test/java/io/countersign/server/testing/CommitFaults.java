package io.countersign.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A proxy before a PostgreSQL that fails where it hurts most: at COMMIT.
///
/// It knows just enough of the wire protocol (PostgreSQL manual, "Frontend/Backend Protocol") to
/// see a COMMIT coming, whether the driver sends it as a simple query or parses, binds and executes
/// it.
public final class CommitFaults implements AutoCloseable {

  /// What becomes of one COMMIT.
  public enum Fault {
    NONE,
    /// The transaction is rolled back and the client is told 40001.
    REFUSED("40001"),
    /// The same with 40P01.
    DEADLOCK("40P01"),
    /// The connection breaks before PostgreSQL hears of it: nothing is committed.
    CUT_BEFORE,
    /// The connection breaks, and PostgreSQL commits a little later all the same.
    CUT_AFTER,
    /// PostgreSQL commits at once, and the client is never told, on a connection that stays open.
    UNANSWERED;

    private final String sqlState;

    Fault() {
      this("");
    }

    Fault(String sqlState) {
      this.sqlState = sqlState;
    }

    private byte[] refusal() {
      String fields = "SERROR\0VERROR\0C" + sqlState + "\0Mrolled back: injected by a test\0\0";
      return message('E', fields.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final String ROLLBACK = "ROLLBACK";
  private static final Pattern WRITES =
      Pattern.compile("\\b(?:INSERT INTO|UPDATE)\\s+(\\w+\\.\\w+)");

  private final ServerSocket listening;
  private final int upstream;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Map<Fault, AtomicInteger> done = new EnumMap<>(Fault.class);
  private volatile Function<Set<String>, Fault> faults = written -> Fault.NONE;
  private volatile long lateMillisMax = 100;
  private volatile boolean away;
  private volatile boolean pausing;

  private CommitFaults(ServerSocket listening, int upstream) {
    this.listening = listening;
    this.upstream = upstream;
    for (Fault fault : Fault.values()) {
      done.put(fault, new AtomicInteger());
    }
  }

  /// Listens on a free port of the loopback address; does nothing but forward at first.
  ///
  /// @param port PostgreSQL's, on the loopback address
  public static CommitFaults before(int port) throws IOException {
    var proxy = new CommitFaults(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), port);
    Thread.ofPlatform().daemon().name("commit-faults").start(proxy::accept);
    return proxy;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// The same database by way of this proxy.
  public String instead(String jdbcUrl) {
    return jdbcUrl.replace(":" + upstream + "/", ":" + port() + "/");
  }

  /// Asks for the fate of each COMMIT from now on, in the order of their arrival.
  public void inject(Supplier<Fault> next) {
    faults = written -> next.get();
  }

  /// As [#inject(Supplier)], by the tables that the transaction has added to or changed, such as
  /// `payments.payment`. Who is asked may take its time: until it answers, neither side learns that
  /// the other is gone.
  public void injectByTables(Function<Set<String>, Fault> next) {
    faults = next;
  }

  /// As #inject(Supplier), by chance: in percent, the rest goes through. Of the refused ones every
  /// other is a deadlock.
  public void inject(long seed, int refused, int cutBefore, int cutAfter) {
    Random random = new Random(seed);
    inject(
        () -> {
          int drawn;
          synchronized (random) {
            drawn = random.nextInt(100);
          }
          if (drawn < refused) {
            return drawn % 2 == 0 ? Fault.REFUSED : Fault.DEADLOCK;
          }
          if (drawn < refused + cutBefore) {
            return Fault.CUT_BEFORE;
          }
          return drawn < refused + cutBefore + cutAfter ? Fault.CUT_AFTER : Fault.NONE;
        });
  }

  /// From now on every COMMIT goes through.
  public void rest() {
    faults = written -> Fault.NONE;
  }

  /// Lets every COMMIT through for a while and goes on with its faults afterwards.
  public void pause(boolean isPause) {
    pausing = isPause;
  }

  /// How long after the connection broke a [Fault#CUT_AFTER] commits at most.
  public void lateBy(long millis) {
    lateMillisMax = millis;
  }

  /// Breaks all connections and takes no new ones, until called with false.
  public void away(boolean isAway) {
    away = isAway;
    if (isAway) {
      // Those that commit late are no client's any more; one whose fault is being asked for follows
      // that fault.
      closeAll(links.stream().filter(link -> !link.abandoned && !link.deciding).toList());
    }
  }

  /// How often it happened.
  public int count(Fault fault) {
    return get(fault).get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closeAll(links);
  }

  private AtomicInteger get(Fault fault) {
    return java.util.Objects.requireNonNull(done.get(fault));
  }

  private static void closeAll(Collection<Link> links) {
    Set.copyOf(links).forEach(Link::close);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (away) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // Closed, or PostgreSQL is down: the client has noticed by itself.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), upstream);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Link link = new Link(client, server);
    links.add(link);
    Thread.ofVirtual().start(link::readClient);
    Thread.ofVirtual().start(link::readServer);
  }

  /// One connection. What the client sends is kept back until it asks for an answer (Sync, or a
  /// simple query), for only then it is clear whether it commits.
  private final class Link {

    private final Socket client;
    private final Socket server;
    private final DataOutputStream toClient;
    private final DataOutputStream toServer;
    private final Map<String, String> statements = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private String bound = "";
    private boolean committing;
    private volatile @Nullable Fault refusing;
    private volatile boolean abandoned;
    private volatile boolean deciding;
    private volatile boolean asking;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      this.toClient = new DataOutputStream(client.getOutputStream());
      this.toServer = new DataOutputStream(server.getOutputStream());
    }

    void readClient() {
      try {
        DataInputStream in = new DataInputStream(buffered(client));
        startUp(in);
        for (int type = in.read(); type >= 0; type = in.read()) {
          byte[] body = in.readNBytes(in.readInt() - 4);
          note(type, body);
          write(new DataOutputStream(kept), type, body);
          if ("PBDEC".indexOf(type) < 0) {
            flush();
          }
        }
      } catch (IOException e) {
        // Either side has gone; both are closed below.
      } finally {
        if (!abandoned) {
          close();
        }
      }
    }

    private void startUp(DataInputStream in) throws IOException {
      while (true) {
        int length = in.readInt();
        byte[] rest = in.readNBytes(length - 4);
        int code = java.nio.ByteBuffer.wrap(rest).getInt();
        if (code == SSL_REQUEST || code == GSS_REQUEST) {
          toClient.write('N');
          continue;
        }
        toServer.writeInt(length);
        toServer.write(rest);
        return;
      }
    }

    private void note(int type, byte[] body) {
      String text = new String(body, StandardCharsets.ISO_8859_1);
      String[] words = text.split("\0", 3);
      switch (type) {
        case 'P' -> statements.put(words[0], words[1]);
        case 'B' -> bound = statements.getOrDefault(words[1], "");
        case 'E' -> execute(bound);
        case 'Q' -> execute(words[0]);
        default -> {}
      }
    }

    private void execute(String sql) {
      if (isCommit(sql)) {
        committing = true;
      } else if (sql.strip().toUpperCase(Locale.ROOT).startsWith(ROLLBACK)) {
        written.clear();
      } else {
        WRITES.matcher(sql).results().forEach(found -> written.add(found.group(1)));
      }
    }

    private void flush() throws IOException {
      deciding = committing;
      Fault fault = fault();
      if (committing) {
        get(fault).incrementAndGet();
        written.clear();
      }
      switch (fault) {
        case NONE -> kept.writeTo(toServer);
        case REFUSED, DEADLOCK -> {
          refusing = fault;
          write(toServer, 'Q', (ROLLBACK + '\0').getBytes(StandardCharsets.US_ASCII));
        }
        case CUT_BEFORE -> close();
        case CUT_AFTER -> {
          abandoned = true;
          client.close();
          commitLate(kept.toByteArray());
        }
        case UNANSWERED -> {
          abandoned = true;
          kept.writeTo(toServer);
        }
      }
      kept.reset();
      committing = false;
      deciding = false;
    }

    private Fault fault() {
      if (!committing || pausing) {
        return Fault.NONE;
      }
      asking = true;
      try {
        return faults.apply(Set.copyOf(written));
      } finally {
        asking = false;
      }
    }

    private void commitLate(byte[] commit) throws IOException {
      try {
        TimeUnit.MILLISECONDS.sleep(lateMillisMax == 0 ? 0 : new Random().nextLong(lateMillisMax));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      toServer.write(commit);
    }

    void readServer() {
      try {
        DataInputStream in = new DataInputStream(buffered(server));
        for (int type = in.read(); type >= 0; type = in.read()) {
          byte[] body = in.readNBytes(in.readInt() - 4);
          boolean ready = type == 'Z';
          Fault refused = refusing;
          if (abandoned) {
            if (ready && client.isClosed()) {
              return;
            }
          } else if (refused != null) {
            if (ready) {
              refusing = null;
              toClient.write(refused.refusal());
              write(toClient, 'Z', new byte[] {'I'});
            }
          } else if (!asking) {
            // Meanwhile PostgreSQL may give up on the session; the client does not hear of it.
            write(toClient, type, body);
          }
        }
      } catch (IOException e) {
        // Either side has gone; both are closed below.
      } finally {
        if (!asking) {
          close();
        }
      }
    }

    void close() {
      links.remove(this);
      for (Socket socket : new Socket[] {client, server}) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static java.io.BufferedInputStream buffered(Socket socket) throws IOException {
    return new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  private static boolean isCommit(String sql) {
    return sql.strip().toUpperCase(Locale.ROOT).startsWith("COMMIT");
  }

  // In one piece, or the kernel would send the header alone and wait.
  private static void write(DataOutputStream out, int type, byte[] body) throws IOException {
    out.write(message(type, body));
  }

  private static byte[] message(int type, byte[] body) {
    return java.nio.ByteBuffer.allocate(5 + body.length)
        .put((byte) type)
        .putInt(body.length + 4)
        .put(body)
        .array();
  }
}
