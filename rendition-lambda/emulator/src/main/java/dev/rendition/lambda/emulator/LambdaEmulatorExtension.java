package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests an emulator. In a static field, or named by {@code @ExtendWith}, one emulator serves
 * all tests of the class; in an instance field each test has its own. It is closed after them.
 * Tests and their set-up methods may take a {@link LambdaEmulator} as parameter.
 *
 * <p>Needs {@code junit-jupiter-api} on the class path, which this artifact does not bring along.
 * Not safe for use by tests that run at the same time in an instance field's class.
 */
public final class LambdaEmulatorExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private final UnaryOperator<LambdaEmulator.Builder> settings;
  private Optional<LambdaEmulator> emulator = Optional.empty();
  private boolean forAll;

  /** Makes an extension with the defaults; JUnit calls it for {@code @ExtendWith}. */
  public LambdaEmulatorExtension() {
    this(UnaryOperator.identity());
  }

  private LambdaEmulatorExtension(UnaryOperator<LambdaEmulator.Builder> settings) {
    this.settings = settings;
  }

  /** Returns an extension whose emulator has settings of its own. */
  public static LambdaEmulatorExtension with(UnaryOperator<LambdaEmulator.Builder> settings) {
    return new LambdaEmulatorExtension(settings);
  }

  /**
   * Returns the emulator.
   *
   * @throws IllegalStateException if no test is running
   */
  public LambdaEmulator emulator() {
    return emulator.orElseThrow(
        () -> new IllegalStateException("No test is running: the emulator is not started"));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    forAll = true;
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    start();
  }

  private void start() throws IOException {
    if (emulator.isEmpty()) {
      emulator = Optional.of(settings.apply(LambdaEmulator.builder()).start());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!forAll) {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    forAll = false;
    stop();
  }

  private void stop() {
    emulator.ifPresent(LambdaEmulator::close);
    emulator = Optional.empty();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LambdaEmulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return emulator();
  }
}
