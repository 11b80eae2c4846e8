package dev.rendition.dam;

import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.deliver.Address;
import dev.rendition.deliver.UrlScheme;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.net.URI;
import java.net.URISyntaxException;

/** Where things are on the web. Does no I/O. Safe for use by many threads. */
final class Addresses {
  private final Renditions renditions;
  private final DamSettings settings;
  private final UrlScheme scheme;

  Addresses(Renditions renditions, DamSettings settings) {
    this.renditions = renditions;
    this.settings = settings;
    this.scheme = renditions.addresses();
  }

  /** Returns the public address of a rendition: the network's, or the demo's own. */
  URI publicly(Shown shown, RenditionOutcome.Stored made) {
    if (!settings.publicBase().isEmpty()) {
      return renditions.url(made.spec().target(), UrlPolicy.publicLink());
    }
    NamedRecipe recipe = renditions.recipes(made.spec().name()).get(0);
    FocalPoint focus = RenditionMetadata.focus(shown.original()).orElse(FocalPoint.CENTER);
    return scheme.format(shown.original(), recipe, focus);
  }

  /** Returns a link to a rendition that holds for a while, for whoever has it. */
  URI privately(RenditionOutcome.Stored made) {
    return renditions.url(made.spec().target(), UrlPolicy.signed(settings.linkValidity()));
  }

  /** Returns whether a path asks for a recipe that is reached by private links only. */
  boolean isHidden(String rawPath) {
    Address address = scheme.parse(rawPath);
    String recipe =
        address instanceof Address.Preset preset
            ? preset.recipe().name()
            : address instanceof Address.Target target ? target.recipe().name() : "";
    return settings.hidden().contains(recipe);
  }

  /** Returns the path of a page or an action for a picture, encoded. */
  static String path(String folder, String picture) {
    try {
      return new URI(null, null, folder + picture, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
