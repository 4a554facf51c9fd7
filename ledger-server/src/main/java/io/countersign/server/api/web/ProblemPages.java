package io.countersign.server.api.web;

import io.countersign.server.api.ProblemDocument;
import io.countersign.server.api.Problems;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// The page behind each problem's `type`, for the person who reads it in a log or a browser.
@Hidden
@RestController
class ProblemPages {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>%s</title></head>
      <body>
      <h1>%s</h1>
      <p>Status %s, problem <code>%s</code></p>
      <p>%s</p>
      <p>%s</p>
      </body>
      </html>
      """;

  @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
  String page(@PathVariable String slug) {
    ProblemCatalogue.Explanation explanation =
        ProblemCatalogue.find(slug)
            .orElseThrow(() -> Problems.notFound("problem '" + slug + "'").asException());
    String title = HtmlUtils.htmlEscape(ProblemDocument.title(slug));
    return PAGE.formatted(
        title,
        title,
        explanation.status(),
        slug,
        HtmlUtils.htmlEscape(explanation.meaning()),
        HtmlUtils.htmlEscape(explanation.remedy()));
  }
}
