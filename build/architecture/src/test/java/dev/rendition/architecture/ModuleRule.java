package dev.rendition.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One row of the module table: what the classes of a module may depend on beside each other.
 *
 * @param folder the module's folder, relative to the project's root
 * @param siblings the folders of the modules it may see
 * @param jdkModules the names of the JDK modules it may see
 * @param libraries the root packages of the libraries it may see
 */
record ModuleRule(
    String folder, Set<String> siblings, Set<String> jdkModules, Set<String> libraries) {

  private static final Map<String, String> JDK_MODULE_OF_PACKAGE =
      ModuleFinder.ofSystem().findAll().stream()
          .map(ModuleReference::descriptor)
          .flatMap(module -> module.packages().stream().map(p -> Map.entry(p, module.name())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  static ModuleRule of(String folder) {
    return new ModuleRule(folder, Set.of(), Set.of("java.base"), Set.of());
  }

  ModuleRule mayImport(String... allowed) {
    return new ModuleRule(folder, Set.of(allowed), jdkModules, libraries);
  }

  ModuleRule mayUseJdk(String... allowed) {
    return new ModuleRule(folder, siblings, Set.of(allowed), libraries);
  }

  ModuleRule mayUseLibraries(String... allowed) {
    return new ModuleRule(folder, siblings, jdkModules, Set.of(allowed));
  }

  /**
   * Returns one sentence for each dependency that this row does not allow.
   *
   * @param classes the classes of every module, by folder
   */
  List<String> violations(Map<String, JavaClasses> classes) {
    return classes.get(folder).stream()
        .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> !allows(dependency, classes))
        .map(Dependency::getDescription)
        .sorted()
        .toList();
  }

  private boolean allows(Dependency dependency, Map<String, JavaClasses> classes) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    return target.isPrimitive()
        || classes.get(folder).contain(target.getName())
        || siblings.stream().anyMatch(sibling -> classes.get(sibling).contain(target.getName()))
        || jdkModules.contains(JDK_MODULE_OF_PACKAGE.getOrDefault(target.getPackageName(), ""))
        || libraries.stream().anyMatch(root -> target.getPackageName().startsWith(root));
  }
}
