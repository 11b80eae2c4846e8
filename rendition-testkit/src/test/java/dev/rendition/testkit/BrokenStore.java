package dev.rendition.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Mistakes that stores are made with, and the rules of the contract that must notice each. */
enum BrokenStore {
  FLIPS_A_BYTE("bytesComeBackAsTheyWerePut") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetContent open(AssetKey key) throws IOException {
          AssetContent content = good.open(key);
          byte[] bytes = all(content);
          bytes[bytes.length / 2] ^= 1;
          return AssetContent.of(content.info(), new ByteArrayInputStream(bytes));
        }
      };
    }
  },
  FORGETS_THE_MEDIA_TYPE("lengthAndMediaTypeAreKept") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          return good.put(
              key,
              AssetSource.of(source::open, source.length().orElse(-1), "image/jpeg"),
              attributes);
        }
      };
    }
  },
  FORGETS_ATTRIBUTES(
      "attributesAreKept", "theLargestAttributesAreKept", "putIfAbsentStoresWhatIsAbsent") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          return good.put(key, source);
        }

        @Override
        public Optional<AssetInfo> putIfAbsent(
            AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
          return good.putIfAbsent(key, source, AssetAttributes.NONE);
        }
      };
    }
  },
  VERSION_IS_OF_THE_NAME("theVersionIsTheSha256OfTheBytes") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> stat(AssetKey key) throws IOException {
          return good.stat(key).map(info -> changed(info, "0".repeat(64), info.attributes()));
        }
      };
    }
  },
  LISTS_WITHOUT_ATTRIBUTES("putStatOpenAndListSayTheSame") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          return good.list(tenant, pathPrefix)
              .map(info -> changed(info, info.version(), AssetAttributes.NONE));
        }
      };
    }
  },
  MODIFIED_IN_1970("modifiedIsWhenTheAssetWasPut") {
    @Override
    AssetStore over(AssetStore good) {
      return new MemoryAssetStore(1 << 20, FixedClock.at(Instant.EPOCH));
    }
  },
  HIDES_EMPTY_ASSETS("anEmptyAssetIsAnAsset") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> stat(AssetKey key) throws IOException {
          return good.stat(key).filter(info -> info.length() > 0);
        }
      };
    }
  },
  CUTS_AT_ONE_MEGABYTE("aLargeAssetComesBackWhole", "aSourceOfUnknownLengthIsReadToItsEnd") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          try (InputStream in = source.open()) {
            byte[] bytes = in.readNBytes(1 << 20);
            return good.put(key, AssetSource.ofBytes(bytes, source.mediaType()), attributes);
          }
        }
      };
    }
  },
  KEEPS_THE_FIRST_ATTRIBUTES(
      "puttingAgainReplacesBytesTypeAndAttributes",
      "assetsOfTheSameLengthPutAtOnceKeepTheirOwnAttributes",
      "attributesDoNotOutliveADelete") {
    @Override
    AssetStore over(AssetStore good) {
      Map<AssetKey, AssetAttributes> first = new ConcurrentHashMap<>();
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          AssetAttributes before = first.putIfAbsent(key, attributes);
          return good.put(key, source, requireNonNullElse(before, attributes));
        }
      };
    }
  },
  REFUSES_TO_REPLACE("puttingTheSameAgainLeavesTheSameAsset") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          return good.putIfAbsent(key, source, attributes)
              .orElseThrow(() -> new IOException("it is there"));
        }
      };
    }
  },
  DELETES_THE_FOLDER(
      "twoKeysDoNotShareTheirFate", "putsAndDeletesInOneFolderDoNotDisturbEachOther") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public boolean delete(AssetKey key) throws IOException {
          boolean deleted = good.delete(key);
          String folder = key.path().substring(0, key.path().lastIndexOf('/') + 1);
          try (Stream<AssetInfo> all = good.list(key.tenant(), folder)) {
            for (AssetInfo info : all.toList()) {
              good.delete(info.key());
            }
          }
          return deleted;
        }
      };
    }
  },
  PUT_IF_ABSENT_OVERWRITES("putIfAbsentLeavesWhatIsThere") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> putIfAbsent(
            AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
          return Optional.of(good.put(key, source, attributes));
        }
      };
    }
  },
  REMEMBERS_DELETED_KEYS("putIfAbsentStoresAgainAfterADelete") {
    @Override
    AssetStore over(AssetStore good) {
      Set<AssetKey> known = ConcurrentHashMap.newKeySet();
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          known.add(key);
          return good.put(key, source, attributes);
        }

        @Override
        public Optional<AssetInfo> putIfAbsent(
            AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
          return known.add(key) ? good.putIfAbsent(key, source, attributes) : Optional.empty();
        }
      };
    }
  },
  LOOKS_BEFORE_IT_PUTS("ofManyWritersRacingForOneKeyExactlyOneStores") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> putIfAbsent(
            AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
          if (good.stat(key).isPresent()) {
            return Optional.empty();
          }
          LockSupport.parkNanos(2_000_000);
          return Optional.of(good.put(key, source, attributes));
        }
      };
    }
  },
  WRITES_ATTRIBUTES_LATER(
      "ofManyWritersReplacingOneKeyTheLastLeavesAWholeAsset",
      "aReaderDuringReplacementSeesOneWholeAsset") {
    @Override
    AssetStore over(AssetStore good) {
      Map<AssetKey, AssetAttributes> later = new ConcurrentHashMap<>();
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          AssetInfo info = good.put(key, source, attributes);
          LockSupport.parkNanos((info.version().charAt(0) % 5) * 300_000L);
          later.put(key, attributes);
          return info;
        }

        @Override
        public Optional<AssetInfo> stat(AssetKey key) throws IOException {
          return good.stat(key).map(info -> mixed(info));
        }

        @Override
        public AssetContent open(AssetKey key) throws IOException {
          AssetContent content = good.open(key);
          return AssetContent.of(mixed(content.info()), content.stream());
        }

        private AssetInfo mixed(AssetInfo info) {
          return changed(info, info.version(), later.getOrDefault(info.key(), info.attributes()));
        }
      };
    }
  },
  BELIEVES_NO_DECLARED_LENGTH(
      "fewerBytesThanDeclaredAreRefused",
      "moreBytesThanDeclaredAreRefused",
      "aSourceWithoutEndThatDeclaredItsLengthIsRefusedEarly") {
    @Override
    AssetStore over(AssetStore good) {
      AssetStore small = new MemoryAssetStore(8 << 20, FixedClock.at(Instant.now()));
      return new PassingStore(small) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          return small.put(key, AssetSource.of(source::open, -1, source.mediaType()), attributes);
        }
      };
    }
  },
  KEEPS_WHAT_CAME("aSourceThatBreaksOffLeavesNothingWhereNothingWas") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          ByteArrayOutputStream came = new ByteArrayOutputStream();
          try (InputStream in = source.open()) {
            in.transferTo(came);
          } catch (IOException e) {
            good.put(key, AssetSource.ofBytes(came.toByteArray(), source.mediaType()));
            throw e;
          }
          return good.put(key, source, attributes);
        }
      };
    }
  },
  DELETES_BEFORE_IT_PUTS(
      "aSourceThatBreaksOffLeavesWhatWasThere", "aSourceThatCannotBeOpenedLeavesWhatWasThere") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          good.delete(key);
          return good.put(key, source, attributes);
        }
      };
    }
  },
  LEAVES_A_STREAM_OPEN("everyStreamOfASourceIsClosed") {
    @Override
    @SuppressWarnings("resource")
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          if (source.open().read() < 0) {
            throw new IOException("empty");
          }
          return good.put(key, source, attributes);
        }
      };
    }
  },
  READS_ON_ANOTHER_THREAD("aSourceIsReadOnTheCallingThreadOnly") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          try {
            return CompletableFuture.supplyAsync(
                    () -> {
                      try {
                        return good.put(key, source, attributes);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    })
                .join();
          } catch (CompletionException e) {
            throw new IOException(e);
          }
        }
      };
    }
  },
  STORES_NOTHING_TWICE("oneSourceCanBePutManyTimes") {
    @Override
    AssetStore over(AssetStore good) {
      Set<AssetSource> known = ConcurrentHashMap.newKeySet();
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          if (!known.add(source)) {
            throw new IOException("this source was read already");
          }
          return good.put(key, source, attributes);
        }
      };
    }
  },
  THROWS_THE_WRONG_ABSENCE("openingAnAbsentKeyNamesTheKey") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetContent open(AssetKey key) throws IOException {
          try {
            return good.open(key);
          } catch (AssetNotFoundException e) {
            throw new FileNotFoundException(key.path());
          }
        }
      };
    }
  },
  STAT_THROWS_WHEN_ABSENT("anAbsentKeyHasNoInfo") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> stat(AssetKey key) throws IOException {
          try (AssetContent content = good.open(key)) {
            return Optional.of(content.info());
          }
        }
      };
    }
  },
  SEES_FOLDERS_AS_ASSETS("theParentOfAKeyIsNoAsset") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> stat(AssetKey key) throws IOException {
          try (Stream<AssetInfo> below = good.list(key.tenant(), key.path())) {
            return below.findFirst();
          }
        }
      };
    }
  },
  FINDS_THE_ASSET_ABOVE("aKeyBelowAnAssetIsAbsent") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<AssetInfo> stat(AssetKey key) throws IOException {
          Optional<AssetInfo> found = good.stat(key);
          int slash = key.path().lastIndexOf('/');
          return found.isPresent() || slash < 0
              ? found
              : good.stat(key.withPath(key.path().substring(0, slash)));
        }
      };
    }
  },
  DELETES_NOTHING("aDeletedAssetIsGone") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public boolean delete(AssetKey key) throws IOException {
          return good.stat(key).isPresent();
        }
      };
    }
  },
  DELETING_NOTHING_IS_A_MISTAKE("deletingWhatIsNotThereIsNoMistake") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public boolean delete(AssetKey key) throws IOException {
          good.open(key).close();
          return good.delete(key);
        }
      };
    }
  },
  DELETES_THE_FIRST_OF_MANY_ONLY("deletingManyIsDeletingEach") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public void deleteAll(Collection<AssetKey> keys) throws IOException {
          good.deleteAll(keys.stream().limit(1).toList());
        }
      };
    }
  },
  FORGETS_THE_PREFIX_OF_KEYS("keysAreThoseOfTheListing") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetKey> keys(String tenant, String pathPrefix) throws IOException {
          return good.keys(tenant, "");
        }
      };
    }
  },
  LISTS_THE_TOP_FOLDER_ONLY("aTenantsAssetsAreListed") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          return good.list(tenant, pathPrefix).filter(info -> info.key().path().indexOf('/') < 0);
        }
      };
    }
  },
  LISTS_BY_SEGMENT("thePrefixIsComparedByCharacterNotBySegment") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          String folder = pathPrefix.isEmpty() || pathPrefix.endsWith("/") ? "" : "/";
          return good.list(tenant, "")
              .filter(info -> (info.key().path() + '/').startsWith(pathPrefix + folder));
        }
      };
    }
  },
  CLEANS_THE_PREFIX("aPrefixNoKeyCanHaveListsNothing") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          return good.list(tenant, pathPrefix.replaceAll("^/|\\.\\./|^\\./", ""));
        }
      };
    }
  },
  LISTS_OTHER_TENANTS("otherTenantsAreNotListed") {
    @Override
    AssetStore over(AssetStore good) {
      Set<String> tenants = ConcurrentHashMap.newKeySet();
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          tenants.add(key.tenant());
          return good.put(key, source, attributes);
        }

        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          Stream<AssetInfo> all = Stream.empty();
          for (String each : tenants) {
            if (each.startsWith(tenant)) {
              all = Stream.concat(all, good.list(each, pathPrefix));
            }
          }
          return all;
        }
      };
    }
  },
  LISTS_ANY_TENANT("listingAnImpossibleTenantIsRefused") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          try {
            return good.list(tenant, pathPrefix);
          } catch (IllegalArgumentException e) {
            return Stream.empty();
          }
        }
      };
    }
  },
  LISTING_STUMBLES_OVER_DELETES("aListingStandsDeletesAndPutsInItsMiddle") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          return good.list(tenant, pathPrefix).toList().stream()
              .map(
                  info -> {
                    try {
                      return good.stat(info.key()).orElseThrow();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
        }
      };
    }
  },
  LISTING_KEEPS_ITS_HANDLE("aListingCanBeClosedEarly") {
    @Override
    AssetStore over(AssetStore good) {
      AtomicInteger handles = new AtomicInteger();
      return new PassingStore(good) {
        @Override
        public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
          if (handles.incrementAndGet() > 10) {
            throw new IOException("too many open folders");
          }
          return good.list(tenant, pathPrefix);
        }
      };
    }
  },
  DECODES_PERCENT("everyNameAKeyMayHaveIsAnAssetOfItsOwn") {
    @Override
    AssetStore over(AssetStore good) {
      return renaming(good, path -> path.replace("%41", "A"));
    }
  },
  DROPS_TRAILING_DOTS("everyNameAKeyMayHaveIsAnAssetOfItsOwn", "everyNameMayAlsoBeAFolder") {
    @Override
    AssetStore over(AssetStore good) {
      return renaming(good, path -> path.replaceAll("(?<=[^./])\\.+(?=/|$)", ""));
    }
  },
  FOLDS_CASE("keysThatDifferOnlyInCaseAreDifferentAssets") {
    @Override
    AssetStore over(AssetStore good) {
      return renaming(good, path -> path.toLowerCase(Locale.ROOT));
    }
  },
  KNOWS_ASCII_ONLY("composedAndDecomposedNamesAreOneAsset") {
    @Override
    AssetStore over(AssetStore good) {
      return renaming(good, path -> new String(path.getBytes(US_ASCII), UTF_8));
    }
  },
  CUTS_LONG_NAMES("theLongestAndTheDeepestKeysAreAssets") {
    @Override
    AssetStore over(AssetStore good) {
      return renaming(good, path -> path.length() > 800 ? path.substring(0, 800) + "x" : path);
    }
  },
  REMOVES_WHAT_IS_IN_THE_WAY("anAssetMayLieBelowAnAssetOrIsRefusedAndTheFirstIsUnharmed") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
            throws IOException {
          for (int i = key.path().indexOf('/'); i >= 0; i = key.path().indexOf('/', i + 1)) {
            good.delete(key.withPath(key.path().substring(0, i)));
          }
          return good.put(key, source, attributes);
        }
      };
    }
  },
  READS_ON_IN_THE_NEW_BYTES(
      "anAssetReplacedWhileItIsReadIsReadToItsEndOrFails",
      "anAssetDeletedWhileItIsReadIsReadToItsEndOrFails") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public AssetContent open(AssetKey key) throws IOException {
          return AssetContent.of(all(good, key), new Live(good, key));
        }

        private AssetInfo all(AssetStore store, AssetKey key) throws IOException {
          try (AssetContent content = store.open(key)) {
            return content.info();
          }
        }
      };
    }
  },
  NAMES_A_PLACE_ONLY_WHEN_IT_IS_THERE("aLocationIsNamedWithoutAskingTheStore") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public Optional<URI> location(AssetKey key) {
          try {
            return good.stat(key).map(info -> URI.create("memory:/x"));
          } catch (IOException e) {
            return Optional.empty();
          }
        }
      };
    }
  },
  STAYS_OPEN("callsAfterCloseFail") {
    @Override
    AssetStore over(AssetStore good) {
      return new PassingStore(good) {
        @Override
        public void close() {}
      };
    }
  },
  CLOSES_ONCE_ONLY("closingTwiceDoesNothing") {
    @Override
    AssetStore over(AssetStore good) {
      AtomicInteger closed = new AtomicInteger();
      return new PassingStore(good) {
        @Override
        public void close() throws IOException {
          // The third is the contract's own, after the test.
          if (closed.incrementAndGet() == 2) {
            throw new IOException("closed already");
          }
        }
      };
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> noticedBy;

  BrokenStore(String... noticedBy) {
    this.noticedBy = List.of(noticedBy);
  }

  /** Breaks a store that keeps the contract. */
  abstract AssetStore over(AssetStore good);

  /** Returns the rules that this store breaks; it may break more. */
  List<String> noticedBy() {
    return noticedBy;
  }

  private static AssetInfo changed(AssetInfo info, String version, AssetAttributes attributes) {
    return new AssetInfo(
        info.key(), info.length(), info.mediaType(), version, info.modified(), attributes);
  }

  private static byte[] all(AssetContent content) throws IOException {
    try (content) {
      return content.stream().readAllBytes();
    }
  }

  /** Changes a path, as a store does that is careless with names. */
  private interface Renaming {
    String apply(String path);
  }

  private static AssetStore renaming(AssetStore good, Renaming renaming) {
    return new PassingStore(good) {
      private AssetKey renamed(AssetKey key) {
        return key.withPath(renaming.apply(key.path()));
      }

      @Override
      public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
          throws IOException {
        return good.put(renamed(key), source, attributes);
      }

      @Override
      public Optional<AssetInfo> putIfAbsent(
          AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
        return good.putIfAbsent(renamed(key), source, attributes);
      }

      @Override
      public AssetContent open(AssetKey key) throws IOException {
        return good.open(renamed(key));
      }
    };
  }

  /** Reads every buffer from whatever the key holds by then. */
  private static final class Live extends InputStream {
    private final AssetStore store;
    private final AssetKey key;
    private long at;

    Live(AssetStore store, AssetKey key) {
      this.store = store;
      this.key = key;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try (AssetContent content = store.open(key)) {
        content.stream().skipNBytes(at);
        int count = content.stream().read(into, from, length);
        at += Math.max(0, count);
        return count;
      } catch (AssetNotFoundException e) {
        return -1;
      }
    }
  }
}
