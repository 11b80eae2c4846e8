package dev.rendition.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule of {@link ModuleTableTest}, held against classes that break it. */
class RulesCanFailTest {
  private static final String OFFENCE = "dev.rendition.architecture.offence.";
  private static final ModuleRule STRICT = ModuleRule.of("a").mayUseLibraries("org.jspecify");

  private static JavaClasses offence(String name) {
    return new ClassFileImporter().importPackages(OFFENCE + name);
  }

  @Test
  void aJdkModuleThatIsNotAllowedIsRefused() {
    assertThat(STRICT.violations(Map.of("a", offence("awt"))))
        .isNotEmpty()
        .allMatch(sentence -> sentence.contains("java.awt.Rectangle"));
  }

  @Test
  void aJdkModuleThatIsAllowedIsNot() {
    ModuleRule desktop = STRICT.mayUseJdk("java.base", "java.desktop");
    assertThat(desktop.violations(Map.of("a", offence("awt")))).isEmpty();
  }

  @Test
  void aLibraryThatIsNotAllowedIsRefused() {
    ModuleRule noLibrary = STRICT.mayUseJdk("java.base", "java.desktop").mayUseLibraries();
    assertThat(noLibrary.violations(Map.of("a", offence("awt"))))
        .isNotEmpty()
        .allMatch(sentence -> sentence.contains("org.jspecify.annotations.NullMarked"));
  }

  @Test
  void aSiblingThatIsNotAllowedIsRefusedEvenAsAnArray() {
    Map<String, JavaClasses> both = Map.of("a", offence("front"), "b", offence("back"));
    assertThat(STRICT.violations(both))
        .isNotEmpty()
        .allMatch(sentence -> sentence.contains(OFFENCE + "back.Back"));
    assertThat(STRICT.mayImport("b").violations(both)).isEmpty();
  }

  @Test
  void aCycleIsRefused() {
    JavaClasses cycle = new ClassFileImporter().importPackages(OFFENCE + "front", OFFENCE + "back");
    var rule = SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles();
    assertThatThrownBy(() -> rule.check(cycle))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected");
  }

  @Test
  void printingIsRefused() {
    var rule = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
    JavaClasses printing = offence("printing");
    assertThatThrownBy(() -> rule.check(printing))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("System.out");
  }
}
