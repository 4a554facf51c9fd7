package io.countersign.server.api.openapi;

import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedItems;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.PageRequest;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/// Tells the generated document what the shared conventions add to every endpoint: the ledger in
/// the path, the idempotency key, paging, the bearer token and problems.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String BEARER = "bearer";
  private static final String PROBLEM = "Problem";
  private static final int KEY_LENGTH_MAX = 255;
  private static final BigDecimal PAGE_MAX = BigDecimal.valueOf(1000);

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(
            Caller.class,
            KeyedItems.class,
            KeyedRequest.class,
            LedgerScope.class,
            PageRequest.class);
  }

  @Bean
  OpenAPI description() {
    return new OpenAPI()
        .info(
            new Info().title("Countersign").version("v1").license(new License().name("Apache-2.0")))
        .addSecurityItem(new SecurityRequirement().addList(BEARER))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER))
                .addSchemas(PROBLEM, problem()));
  }

  @Bean
  OperationCustomizer sharedConventions() {
    return (operation, handler) -> {
      if (takes(handler, LedgerScope.class)) {
        add(operation, "path", "ledger", new StringSchema(), "the ledger's code");
      }
      if (takes(handler, KeyedRequest.class)) {
        add(
            operation,
            "header",
            "Idempotency-Key",
            new StringSchema().minLength(1).maxLength(KEY_LENGTH_MAX),
            "repeating a request under its key repeats its answer, never its effect");
        describeStoredAnswer(operation);
      }
      if (takes(handler, PageRequest.class)) {
        addOptional(
            operation, "limit", new IntegerSchema().minimum(BigDecimal.ONE).maximum(PAGE_MAX));
        addOptional(operation, "after", new StringSchema());
      }
      operation.getResponses().addApiResponse("default", refusal());
      return operation;
    };
  }

  // The answer is kept as bytes, to be replayed byte for byte; to a caller it is JSON.
  private static void describeStoredAnswer(Operation operation) {
    for (ApiResponse response : operation.getResponses().values()) {
      if (isBytes(response.getContent())) {
        response.setContent(json(new ObjectSchema()));
      }
    }
  }

  private static boolean isBytes(@Nullable Content content) {
    return content != null
        && content.values().stream()
            .map(MediaType::getSchema)
            .anyMatch(schema -> schema != null && "byte".equals(schema.getFormat()));
  }

  private static ApiResponse refusal() {
    return new ApiResponse()
        .description("a problem document")
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .description("RFC 9457; some problems carry further members")
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema());
  }

  private static Content json(Schema<?> schema) {
    return new Content().addMediaType("application/json", new MediaType().schema(schema));
  }

  private static void add(
      Operation operation, String in, String name, Schema<?> schema, String description) {
    operation.addParametersItem(
        new Parameter().in(in).name(name).required(true).schema(schema).description(description));
  }

  private static void addOptional(Operation operation, String name, Schema<?> schema) {
    operation.addParametersItem(
        new Parameter().in("query").name(name).required(false).schema(schema));
  }

  private static boolean takes(HandlerMethod handler, Class<?> type) {
    return Arrays.asList(handler.getMethod().getParameterTypes()).contains(type);
  }
}
