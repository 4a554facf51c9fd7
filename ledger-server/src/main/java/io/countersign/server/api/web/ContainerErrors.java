package io.countersign.server.api.web;

import io.countersign.server.api.ProblemDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes Tomcat itself answer with problems, for requests too broken to reach a servlet, and leave
/// every body alone: no form is ever posted here, and reading one would eat an uploaded file.
@Component
class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addConnectorCustomizers(ContainerErrors::leaveBodiesAlone);
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(Valve.class.getName());
          }
        });
  }

  private static void leaveBodiesAlone(Connector connector) {
    connector.setParseBodyMethods("");
  }

  /// Public with a public constructor because Tomcat makes it by its name.
  public static final class Valve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(Valve.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
      int status = response.getStatus();
      if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      String path = request.getRequestURI();
      Map<String, Object> document =
          ProblemDocument.of(StatusProblems.of(status), path == null ? "" : path);
      document.put("status", status);
      try {
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response
            .getOutputStream()
            .write(JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
        response.finishResponse();
      } catch (IOException e) {
        LOG.debug("The client went away before it was told of its error", e);
      }
    }
  }
}
