package dev.rendition.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.recipe.Encoding;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Shows that every rule of the contract can fail. */
class BrokenGeneratorsTest {
  private static final String PARAMETER = "rendition.fault";

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFaultIsNoticedByItsRules(Fault fault) {
    for (String rule : fault.rules()) {
      EngineTestKit.engine("junit-jupiter")
          .configurationParameter(PARAMETER, fault.name())
          .selectors(selectMethod(Broken.class, rule))
          .execute()
          .testEvents()
          .assertStatistics(counts -> counts.started(1).failed(1));
    }
  }

  @Test
  void everyRuleHasAFault() {
    Set<String> noticed =
        Arrays.stream(Fault.values())
            .flatMap(fault -> fault.rules().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> rules =
        Arrays.stream(RenditionGeneratorContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(noticed).isEqualTo(rules);
  }

  /** The naive generator with the fault the run is told. */
  static class Broken extends RenditionGeneratorContract {
    private Fault fault = Fault.NONE;

    @RegisterExtension
    final BeforeEachCallback chosen =
        context ->
            fault = Fault.valueOf(context.getConfigurationParameter(PARAMETER).orElseThrow());

    @Override
    protected RenditionGenerator newGenerator(AssetStore store) {
      return new NaiveGenerator(store, fault);
    }

    /** It is the fault that waits in vain. */
    @Override
    Duration patience() {
      return Duration.ofSeconds(1);
    }

    @Override
    protected Set<Class<? extends Encoding>> supportedEncodings() {
      return Set.of(
          Encoding.Jpeg.class, Encoding.Png.class, Encoding.Gif.class, Encoding.Same.class);
    }
  }
}
