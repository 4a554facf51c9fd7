package io.countersign.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The line between servers and their acquirer, which may be cut, slow or silent, and whose calls
/// can be watched.
///
/// It knows of HTTP/1.1 that what a client sends first after an answer begins with a request line.
public final class AcquirerLine implements AutoCloseable {

  /// Is told of each call, and may hold it up.
  @FunctionalInterface
  public interface Watch {

    /// Before anything of a request goes on. An exception breaks the connection.
    ///
    /// @param request as far as it has come: its first line at least
    /// @return is run when the answer has come, before anything of it goes on; where the acquirer
    ///   closes the connection, that is its answer
    Answered asked(String request);
  }

  @FunctionalInterface
  public interface Answered {

    /// @param request as a whole
    void answered(String request);
  }

  public enum State {
    OPEN,
    /// Connections are broken, and new ones broken at once.
    CUT,
    /// Connections stay, and nothing arrives.
    SILENT
  }

  private static final int PIECE = 1 << 16;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final ServerSocket listening;
  private final int upstream;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile Watch watch = request -> whole -> {};
  private volatile State state = State.OPEN;
  private volatile int lateMillisMax;

  private AcquirerLine(ServerSocket listening, int upstream) {
    this.listening = listening;
    this.upstream = upstream;
  }

  /// Listens on a free port of the loopback address; does nothing but forward at first.
  public static AcquirerLine before(int port) throws IOException {
    var line = new AcquirerLine(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), port);
    Thread.ofPlatform().daemon().name("acquirer-line").start(line::accept);
    return line;
  }

  public int port() {
    return listening.getLocalPort();
  }

  public void watch(Watch next) {
    watch = next;
  }

  public void become(State next) {
    state = next;
    if (next == State.CUT) {
      Set.copyOf(links).forEach(Link::close);
    }
  }

  /// Each piece of a request or an answer is late by up to so much from now on.
  public void lateBy(int millisMax) {
    lateMillisMax = millisMax;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    Set.copyOf(links).forEach(Link::close);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (state == State.CUT) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // Closed, or the acquirer is down: the client has noticed by itself.
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

  private void pass(byte[] piece, OutputStream out) throws IOException {
    try {
      if (lateMillisMax > 0) {
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(lateMillisMax));
      }
      while (state == State.SILENT) {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.write(piece);
  }

  private final class Link {

    private final Socket client;
    private final Socket server;
    private String request = "";
    private Answered answered = whole -> {};
    private boolean isOpen;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void readClient() {
      forward(client, server, this::sent);
    }

    void readServer() {
      forward(server, client, piece -> received());
      try {
        received();
      } catch (RuntimeException unwanted) {
        // The connection is closed as it is.
      }
      close();
    }

    private void forward(Socket from, Socket to, java.util.function.Consumer<byte[]> look) {
      byte[] buffer = new byte[PIECE];
      try {
        InputStream in = from.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          byte[] piece = Arrays.copyOf(buffer, read);
          look.accept(piece);
          pass(piece, to.getOutputStream());
        }
      } catch (IOException | RuntimeException e) {
        close();
      }
    }

    private void sent(byte[] piece) {
      String text = new String(piece, StandardCharsets.UTF_8);
      synchronized (this) {
        if (isOpen) {
          request += text;
          return;
        }
        isOpen = true;
        request = text;
      }
      answered = watch.asked(text);
    }

    private void received() {
      String whole;
      synchronized (this) {
        if (!isOpen) {
          return;
        }
        isOpen = false;
        whole = request;
      }
      answered.answered(whole);
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
}
