package io.countersign.server.api.web;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class WebConventions implements WebMvcConfigurer {

  // After the rights, which security checks at order 0: who may not call learns nothing of the
  // body.
  private static final int AFTER_RIGHTS = 100;

  private final RequestReading reading;

  WebConventions(RequestReading reading) {
    this.reading = reading;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(reading).order(AFTER_RIGHTS);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.addAll(ParameterResolvers.all());
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverterFactory(new IdTexts.Ids());
    registry.addConverterFactory(new IdTexts.Names());
  }
}
