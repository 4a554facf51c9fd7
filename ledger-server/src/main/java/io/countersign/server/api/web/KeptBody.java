package io.countersign.server.api.web;

import io.countersign.server.api.Problems;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/// A request whose body can be kept and then read as often as wished. Until [#keep] is called the
/// body streams as it comes.
final class KeptBody extends HttpServletRequestWrapper {

  /// 8 MB (`docs/api.md`, section 1).
  static final int BYTES_MAX = 8 * 1024 * 1024;

  private byte @Nullable [] kept;

  KeptBody(HttpServletRequest request) {
    super(request);
  }

  static KeptBody of(ServletRequest request) {
    KeptBody body = WebUtils.getNativeRequest(request, KeptBody.class);
    if (body == null) {
      throw new IllegalStateException("the request did not pass the CorrelationFilter");
    }
    return body;
  }

  /// @throws io.countersign.server.api.ProblemException 413 `too-large`, also for a chunked body
  byte[] keep() throws IOException {
    if (kept == null) {
      if (getContentLengthLong() > BYTES_MAX) {
        throw tooLarge();
      }
      byte[] read = super.getInputStream().readNBytes(BYTES_MAX + 1);
      if (read.length > BYTES_MAX) {
        throw tooLarge();
      }
      kept = read;
    }
    return kept;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return kept == null ? super.getInputStream() : new KeptStream(kept);
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return kept == null
        ? super.getReader()
        : new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(kept), StandardCharsets.UTF_8));
  }

  private static RuntimeException tooLarge() {
    return Problems.tooLarge("A body may have at most " + BYTES_MAX + " bytes.").asException();
  }

  private static final class KeptStream extends ServletInputStream {

    private final InputStream bytes;

    KeptStream(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return bytes.read(target, from, length);
    }

    @Override
    public boolean isFinished() {
      try {
        return bytes.available() == 0;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("this server reads its bodies blocking");
    }
  }
}
