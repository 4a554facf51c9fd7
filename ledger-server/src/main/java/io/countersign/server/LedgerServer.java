package io.countersign.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The ledger server's entry point.
@SpringBootApplication
public class LedgerServer {

  public static void main(String[] arguments) {
    SpringApplication.run(LedgerServer.class, arguments);
  }
}
