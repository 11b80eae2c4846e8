package dev.rendition.s3;

import dev.rendition.asset.AssetKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** Writes keys as the paths of an invalidation, as few as may be. */
final class InvalidationPaths {
  /** CloudFront works on so many paths with an asterisk at a time. */
  static final int MAX_WILDCARDS = 15;

  private InvalidationPaths() {}

  /** Returns the paths; the folders with most keys become one path each, if they have enough. */
  static List<String> of(SortedSet<AssetKey> keys, String root, int wildcardFrom) {
    Map<String, List<String>> folders = new TreeMap<>();
    for (AssetKey key : keys) {
      String path = root + UriText.path(key.toString());
      folders
          .computeIfAbsent(path.substring(0, path.lastIndexOf('/') + 1), any -> new ArrayList<>())
          .add(path);
    }
    List<String> crowded =
        folders.entrySet().stream()
            .filter(folder -> folder.getValue().size() >= wildcardFrom)
            .sorted(
                Comparator.comparingInt(
                    (Map.Entry<String, List<String>> folder) -> -folder.getValue().size()))
            .limit(MAX_WILDCARDS)
            .map(Map.Entry::getKey)
            .toList();
    List<String> paths = new ArrayList<>();
    folders.forEach(
        (folder, each) -> {
          if (crowded.contains(folder)) {
            paths.add(folder + "*");
          } else {
            paths.addAll(each);
          }
        });
    return paths;
  }
}
