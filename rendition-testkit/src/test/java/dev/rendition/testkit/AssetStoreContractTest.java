package dev.rendition.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Shows for each rule of the contract a store that breaks it and is found out. */
class AssetStoreContractTest {
  private static final String WHICH = "dev.rendition.testkit.broken";

  @ParameterizedTest
  @EnumSource(BrokenStore.class)
  void aBrokenStoreIsFoundOut(BrokenStore broken) {
    for (String rule : broken.noticedBy()) {
      EngineExecutionResults results =
          EngineTestKit.engine("junit-jupiter")
              .configurationParameter(WHICH, broken.name())
              .selectors(selectMethod(OfABrokenStore.class, rule))
              .execute();
      assertThat(results.testEvents().started().count()).as("%s ran", rule).isOne();
      assertThat(results.testEvents().failed().count())
          .as("%s is noticed by %s", broken, rule)
          .isOne();
    }
  }

  @Test
  void everyRuleHasAStoreThatBreaksIt() {
    Set<String> rules =
        Arrays.stream(AssetStoreContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> noticed =
        Arrays.stream(BrokenStore.values())
            .flatMap(broken -> broken.noticedBy().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(noticed).isEqualTo(rules);
  }

  /** The contract, of a store that is broken as a parameter of the run says. */
  @ExtendWith(Which.class)
  static class OfABrokenStore extends AssetStoreContract {
    private final BrokenStore broken;

    OfABrokenStore(BrokenStore broken) {
      this.broken = broken;
    }

    @Override
    protected AssetStore newStore() {
      return broken.over(new MemoryAssetStore());
    }
  }

  /** Hands the parameter over. */
  static final class Which implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BrokenStore.class;
    }

    @Override
    public BrokenStore resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return BrokenStore.valueOf(context.getConfigurationParameter(WHICH).orElseThrow());
    }
  }
}
