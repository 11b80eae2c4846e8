package dev.rendition.deliver;

import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Frames;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the encoding of recipes that end with {@code same} by what a browser says it can show
 * (RFC 9110, section 12.5.1). Recipes that name their encoding, or keep every frame of an
 * animation, are left alone. Immutable.
 */
public final class Accept {
  private static final int MOST_RANGES = 100;

  /** Chooses nothing: every recipe stays as it is. */
  public static final Accept NOTHING = new Accept(List.of());

  private final List<Encoding> offered;

  private Accept(List<Encoding> offered) {
    this.offered = List.copyOf(offered);
  }

  /**
   * Returns a chooser.
   *
   * @param offered what the generator has a writer for, the best first, for example {@code avif}
   *     before {@code webp}
   * @throws IllegalArgumentException if one is not {@link Encoding.Webp} or {@link Encoding.Avif}:
   *     every browser shows the others
   */
  public static Accept offering(List<? extends Encoding> offered) {
    for (Encoding encoding : offered) {
      if (!(encoding instanceof Encoding.Webp || encoding instanceof Encoding.Avif)) {
        throw new IllegalArgumentException(
            "only webp and avif are chosen by Accept, was "
                + encoding.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      }
    }
    return new Accept(List.copyOf(offered));
  }

  /** Returns whether the answer depends on the header, and says so with {@code Vary: Accept}. */
  public boolean decides(Recipe recipe) {
    return !offered.isEmpty()
        && recipe.encoding() instanceof Encoding.Same
        && recipe.frames() == Frames.FIRST;
  }

  /**
   * Returns the recipe for a client. Only a type the header names counts: {@code *}{@code /*} and
   * {@code image/*} are sent by clients that show neither.
   *
   * @param header the value of {@code Accept}; empty for none
   */
  public NamedRecipe choose(NamedRecipe recipe, String header) {
    if (!decides(recipe.recipe())) {
      return recipe;
    }
    Set<String> accepted = accepted(header);
    Optional<Encoding> best =
        offered.stream().filter(encoding -> accepted.contains(type(encoding))).findFirst();
    return best.isEmpty() ? recipe : new NamedRecipe(recipe.name(), with(recipe, best.get()));
  }

  private static Recipe with(NamedRecipe recipe, Encoding encoding) {
    Recipe old = recipe.recipe();
    return new Recipe(
        old.operations(), encoding, old.maxBytes(), old.keepCopyright(), old.frames());
  }

  private static Set<String> accepted(String header) {
    Set<String> accepted = new java.util.HashSet<>();
    for (String range : header.split(",", MOST_RANGES)) {
      String[] parts = range.split(";", 10);
      boolean refused = false;
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
        refused |= parameter.matches("q\\s*=\\s*0(\\.0{0,3})?");
      }
      if (!refused) {
        accepted.add(parts[0].strip().toLowerCase(Locale.ROOT));
      }
    }
    return accepted;
  }

  private static String type(Encoding encoding) {
    return encoding instanceof Encoding.Avif ? "image/avif" : "image/webp";
  }
}
