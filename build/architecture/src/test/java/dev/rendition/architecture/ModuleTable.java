package dev.rendition.architecture;

import java.util.List;

/** Who may import whom. A module that is not listed here fails the build. */
final class ModuleTable {

  /** The modules people depend on. Backends never import each other; nobody imports an example. */
  static final List<ModuleRule> LIBRARIES =
      List.of(
          ModuleRule.of("rendition-api")
              .mayUseJdk("java.base", "java.net.http")
              .mayUseLibraries("org.slf4j", "org.jspecify"),
          ModuleRule.of("rendition-testkit")
              .mayImport("rendition-api")
              .mayUseJdk("java.base", "java.desktop")
              .mayUseLibraries(
                  "org.junit", "org.opentest4j", "org.apiguardian", "org.assertj", "org.jspecify"),
          ModuleRule.of("rendition-local")
              .mayImport("rendition-api")
              .mayUseJdk("java.base", "java.desktop")
              .mayUseLibraries(
                  "com.twelvemonkeys",
                  "org.imgscalr",
                  "io.micrometer",
                  "org.slf4j",
                  "org.jspecify"),
          ModuleRule.of("rendition-s3-store")
              .mayImport("rendition-api")
              .mayUseLibraries("software.amazon.awssdk", "org.jspecify"),
          ModuleRule.of("rendition-lambda/wire")
              .mayImport("rendition-api")
              .mayUseLibraries("com.fasterxml.jackson.core", "org.jspecify"),
          ModuleRule.of("rendition-lambda/function")
              .mayImport(
                  "rendition-api", "rendition-lambda/wire", "rendition-local", "rendition-s3-store")
              .mayUseJdk("java.base", "jdk.httpserver")
              .mayUseLibraries(
                  "com.amazonaws.services.lambda.runtime",
                  "com.fasterxml.jackson.core",
                  "org.crac",
                  "org.slf4j",
                  "org.jspecify"),
          ModuleRule.of("rendition-lambda/emulator")
              .mayUseJdk("java.base", "jdk.httpserver")
              .mayUseLibraries(
                  "com.fasterxml.jackson.core",
                  "org.junit.jupiter.api",
                  "org.apiguardian",
                  "org.jspecify"),
          ModuleRule.of("rendition-lambda/client")
              .mayImport("rendition-api", "rendition-lambda/wire")
              .mayUseJdk("java.base", "java.net.http")
              .mayUseLibraries(
                  "software.amazon.awssdk",
                  "org.reactivestreams",
                  "com.fasterxml.jackson.core",
                  "dev.failsafe",
                  "org.slf4j",
                  "org.jspecify"));

  /** Programs that show the libraries: they may import everything. */
  static final List<String> EXAMPLES =
      List.of("examples/cli", "examples/dam", "examples/benchmarks", "examples/lambda-local");

  /**
   * Examples of a profile of their own: they are not built by default, so nothing is read there.
   */
  static final List<String> OPT_IN = List.of("examples/aws-stack");

  private ModuleTable() {}
}
