package dev.rendition.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModuleTableTest {
  private final Map<String, JavaClasses> classes = new HashMap<>();

  @BeforeAll
  void readClasses() {
    for (String folder : allFolders()) {
      classes.put(folder, ModuleFolders.classesOf(folder));
    }
  }

  @Test
  void everyModuleOfTheProjectIsListed() throws IOException {
    List<String> expected = new ArrayList<>(allFolders());
    expected.add("build/architecture");
    expected.addAll(ModuleTable.OPT_IN);
    assertThat(ModuleFolders.listed()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("allFolders")
  void theClassesOfAModuleWithSourcesAreFound(String folder) {
    assertThat(classes.get(folder).isEmpty()).isNotEqualTo(ModuleFolders.hasSources(folder));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryImportsOnlyWhatItsRowAllows(ModuleRule rule) {
    assertThat(rule.violations(classes)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryNeverPrints(ModuleRule rule) {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .allowEmptyShould(true)
        .check(classes.get(rule.folder()));
  }

  @ParameterizedTest
  @MethodSource("allFolders")
  void thePackagesOfAModuleHaveNoCycles(String folder) {
    SlicesRuleDefinition.slices()
        .matching("(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(classes.get(folder));
  }

  /** A package in two jars cannot be put on a module path. */
  @Test
  void noPackageLiesInTwoModules() {
    Map<String, String> owners = new HashMap<>();
    classes.forEach(
        (folder, found) ->
            found.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .forEach(name -> assertThat(owners.put(name, folder)).as(name).isNull()));
  }

  static List<ModuleRule> libraries() {
    return ModuleTable.LIBRARIES;
  }

  static List<String> allFolders() {
    List<String> folders = new ArrayList<>(ModuleTable.EXAMPLES);
    ModuleTable.LIBRARIES.forEach(rule -> folders.add(rule.folder()));
    return folders;
  }
}
