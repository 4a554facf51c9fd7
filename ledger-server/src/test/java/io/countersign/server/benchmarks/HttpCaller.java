package io.countersign.server.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One kept-alive connection that posts JSON and reads no more of the answer than it must: a load
/// generator on the same cores should leave them to the server.
final class HttpCaller implements AutoCloseable {

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = 9;

  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private final byte[] line = new byte[8192];

  HttpCaller(int port, String path, String token) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
    this.head =
        "POST "
            + path
            + " HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Content-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n";
  }

  /// @return the answer's body, for who wants to look; only its status is checked here
  byte[] post(String key, String body, int expectedStatus) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String request =
        head + "Idempotency-Key: " + key + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    byte[] start = request.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[start.length + bytes.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    out.write(whole);
    int read = readLine();
    int status = Integer.parseInt(new String(line, STATUS_AT, 3, StandardCharsets.US_ASCII));
    int length = 0;
    while ((read = readLine()) > 0) {
      if (isLength(read)) {
        length =
            Integer.parseInt(
                new String(line, LENGTH.length, read - LENGTH.length, StandardCharsets.US_ASCII)
                    .strip());
      }
    }
    byte[] answer = in.readNBytes(length);
    if (status != expectedStatus) {
      throw new IOException(status + ": " + new String(answer, StandardCharsets.UTF_8));
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private int readLine() throws IOException {
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      if (next != '\r') {
        line[length++] = (byte) next;
      }
    }
    return length;
  }

  private boolean isLength(int read) {
    if (read < LENGTH.length) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      if ((line[i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
