package dev.rendition.stack;

import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.NamedRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.StackProps;

/**
 * What differs from one installation to the next. Everything that can be known to be wrong is
 * refused here, before anything is deployed.
 *
 * @param name what the stacks and buckets are called
 * @param zip the function's zip, which exists
 * @param arm64 whether the function runs on arm64, else on x86-64
 * @param memory the function's memory in MB
 * @param concurrency how many invocations may run at a time, reserved
 * @param recipes the recipes of the function, by their names
 * @param publicTenants whose renditions everybody may see
 * @param assetsBucket where the zip is uploaded when there is no bootstrap of the CDK
 * @param domain the distribution's own name and the ARN of its certificate, in that order; or none
 */
record StackSettings(
    String name,
    Path zip,
    boolean arm64,
    int memory,
    int concurrency,
    Map<String, String> recipes,
    List<String> publicTenants,
    Optional<String> assetsBucket,
    List<String> domain) {

  /** The one zip this project builds, seen from the folder of this module. */
  static final String ZIP = "../../rendition-lambda/function/target/rendition-function.zip";

  /** One whole processor, so that a rendition takes the shortest time for the same price. */
  static final int ONE_PROCESSOR = 1_769;

  /** The most path patterns of a distribution beside the default, less one to spare (quota: 25). */
  private static final int MAX_TENANTS = 23;

  /** Lambda takes 4 KB of variables; the rest is for those that are not recipes. */
  private static final int MAX_RECIPE_BYTES = 3_000;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "name", "rendition",
          "zip", ZIP,
          "architecture", "arm64",
          "memory", String.valueOf(ONE_PROCESSOR),
          "concurrency", "20",
          "recipes", "card=cover:800x600:focus,jpeg:80:progressive;hero=fit:1600,jpeg",
          "public-tenants", "public",
          "assets-bucket", "",
          "domain", "",
          "certificate", "");

  StackSettings {
    recipes = Map.copyOf(recipes);
    publicTenants = List.copyOf(publicTenants);
    domain = List.copyOf(domain);
  }

  /**
   * Reads settings; those not given have their defaults.
   *
   * @throws IllegalArgumentException if any is unknown or cannot be used; the message names all
   */
  static StackSettings of(Map<String, String> given) {
    Reading reading = new Reading(given);
    StackSettings read =
        new StackSettings(
            reading.matching("name", "[a-z][a-z0-9-]{0,19}", "1 to 20 of a-z, 0-9 and -"),
            reading.file("zip"),
            reading.matching("architecture", "arm64|x86_64", "arm64 or x86_64").equals("arm64"),
            reading.number("memory", 512, 10_240),
            reading.number("concurrency", 1, 1_000),
            reading.recipes(),
            reading.tenants(),
            Optional.of(
                    reading.matching(
                        "assets-bucket", "|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name"))
                .filter(bucket -> !bucket.isEmpty()),
            reading.domain());
    reading.finish();
    return read;
  }

  /** Returns what all stacks have in common. */
  StackProps.Builder props() {
    StackProps.Builder props = StackProps.builder();
    // Without the CDK's bootstrap: plain CloudFormation finds the zip in a bucket of yours.
    assetsBucket.ifPresent(
        bucket ->
            props.synthesizer(
                DefaultStackSynthesizer.Builder.create()
                    .fileAssetsBucketName(bucket)
                    .generateBootstrapVersionRule(false)
                    .build()));
    return props;
  }

  /** Collects what is wrong, so that all of it is told at once. */
  private static final class Reading {
    private final Map<String, String> given;
    private final List<String> problems = new ArrayList<>();

    Reading(Map<String, String> given) {
      this.given = given;
      new TreeSet<>(given.keySet())
          .forEach(
              name -> {
                if (!DEFAULTS.containsKey(name)) {
                  problems.add(
                      "there is no setting "
                          + name
                          + ", only "
                          + String.join(", ", new TreeSet<>(DEFAULTS.keySet())));
                }
              });
    }

    private String text(String name) {
      return given.getOrDefault(name, DEFAULTS.getOrDefault(name, "")).strip();
    }

    String matching(String name, String pattern, String expected) {
      String text = text(name);
      if (!text.matches(pattern)) {
        problems.add(name + " must be " + expected + ", was " + text);
      }
      return text;
    }

    int number(String name, int least, int most) {
      String text = matching(name, "[0-9]{1,6}", "a whole number");
      int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : least;
      if (number < least || number > most) {
        problems.add(name + " must be " + least + " to " + most + ", was " + number);
      }
      return number;
    }

    Path file(String name) {
      Path file = Path.of(text(name));
      if (!Files.isRegularFile(file)) {
        problems.add(
            name
                + " must name the function's zip, which mvn package builds, and there is no "
                + file);
      }
      return file;
    }

    Map<String, String> recipes() {
      Map<String, String> book = new TreeMap<>();
      int bytes = 0;
      for (String line : text("recipes").split(";", -1)) {
        String[] parts = line.strip().split("=", 2);
        try {
          NamedRecipe recipe = NamedRecipe.of(parts[0], parts.length == 2 ? parts[1] : "");
          if (parts[0].contains("_")) {
            problems.add(
                "recipes: a name in a variable cannot hold _, which stands for -, was " + parts[0]);
          } else if (book.put(parts[0], recipe.recipe().toString()) != null) {
            problems.add("recipes: there are two named " + parts[0]);
          }
          bytes += line.length() + "RENDITION_RECIPE_".length();
        } catch (IllegalArgumentException e) {
          problems.add("recipes: " + line + ": " + e.getMessage());
        }
      }
      if (bytes > MAX_RECIPE_BYTES) {
        problems.add(
            "recipes must be at most "
                + MAX_RECIPE_BYTES
                + " bytes with the names of their variables, were "
                + bytes);
      }
      return book;
    }

    List<String> tenants() {
      List<String> tenants = new ArrayList<>();
      if (text("public-tenants").isEmpty()) {
        return tenants;
      }
      for (String tenant : text("public-tenants").split(",", -1)) {
        try {
          tenants.add(AssetKey.requireTenant(tenant.strip()));
        } catch (IllegalArgumentException e) {
          problems.add("public-tenants: " + e.getMessage());
        }
      }
      if (tenants.size() > MAX_TENANTS) {
        problems.add("public-tenants must be at most " + MAX_TENANTS + ", were " + tenants.size());
      }
      return tenants.stream().distinct().sorted().toList();
    }

    List<String> domain() {
      String domain =
          matching("domain", "|([a-z0-9-]{1,63}\\.)+[a-z0-9-]{2,63}", "the name of a host");
      String certificate =
          matching(
              "certificate",
              "|arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]{36}",
              "the ARN of a certificate in us-east-1, where CloudFront looks for it");
      if (domain.isEmpty() != certificate.isEmpty()) {
        problems.add("domain and certificate go together");
      }
      return domain.isEmpty() ? List.of() : List.of(domain, certificate);
    }

    void finish() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
      }
    }
  }
}
