package dev.rendition.testkit;

import java.util.Set;

/** What can be wrong with a generator, and the rules of the contract that must notice it. */
enum Fault {
  NONE,
  SHUFFLES("outcomesStandInTheOrderOfTheSpecs"),
  LIES_ABOUT_SIZES("aReportTellsTheTruthAboutWhatIsStored"),
  FORGETS_ATTRIBUTES("cacheControlAndMetadataAreStored"),
  ROUNDS_DOWN("widthsOfAPhotoHaveTheSizesWorkedOutByHand", "noSideBecomesShorterThanOnePixel"),
  ENLARGES(
      "everyFitHasTheSizeWorkedOutByHandForLandscape",
      "everyFitHasTheSizeWorkedOutByHandForPortrait"),
  PADS_BELOW("containPutsThePictureInTheMiddleAndPadsTheRest"),
  IGNORES_GRAVITY("coverKeepsWhatTheGravitySays", "coverKeepsTheFocalPointOfTheRequest"),
  WORKS_BACKWARDS("operationsRunInTheirOrder"),
  IGNORES_ORIENTATION("everyOrientationComesOutUpright"),
  BRIGHTENS_GREY("greyDeepAndIndexedPicturesKeepTheirColours"),
  FLATTENS_ON_BLACK("transparencyIsFlattenedOnTheBackgroundForJpeg"),
  FLATTENS_PNG("transparencyIsKeptForPng"),
  PASSES_THROUGH("metadataIsStripped"),
  WRITES_ANOTHER_ENCODING("everyEncodingIsMadeOrRefusedByName"),
  TAKES_SAME_FOR_PNG("sameKeepsTheEncodingOfTheSource"),
  NEVER_THE_SAME("repeatingLeavesIdenticalBytes"),
  CROPS_WHAT_IT_CAN("cropOutsideTheImageFailsThatSpecOnly"),
  CALLS_NOISE_DAMAGED("unknownBytesFailEverySpec"),
  LETS_READERS_THROW("damagedSourcesGiveTypedOutcomes"),
  HIDES_ABSENCE("anAbsentSourceIsNotFound"),
  IGNORES_VERSIONS("aReplacedSourceIsRefused"),
  STOPS_AT_A_FULL_STORE("aTargetThatCannotBeWrittenFailsThatSpecOnly"),
  REPORTS_UNREAD_SOURCES("aSourceThatCannotBeReadFailsTheRequest"),
  NEVER_REPLACES("replaceReplacesWhatIsThere"),
  ALWAYS_REPLACES("createKeepsWhatIsThereAndReportsIt", "missingMakesOnlyWhatIsNotThere"),
  READS_FOR_NOTHING("missingDoesNotReadTheSourceIfAllIsThere"),
  READS_FOR_EACH_SPEC("theSourceIsReadOnceForAllSpecs"),
  WORKS_ON_THE_CALLER("theCallerIsNotBlocked"),
  IGNORES_DEADLINES(
      "aDeadlineInThePastIsExceeded", "aDeadlineThatPassesIsAnsweredWhileTheStoreStillWaits"),
  IGNORES_CANCELLATION("aCancelledRequestWritesNothingMore"),
  WORKS_ON_WHEN_CLOSED("aClosedGeneratorRefusesEveryRequest"),
  CANNOT_BE_PROBED("aProbeOfAGeneratorThatWorksFindsNothingWrongAndMakesNothing");

  private final String rules;

  Fault(String... rules) {
    this.rules = String.join(" ", rules);
  }

  Set<String> rules() {
    return rules.isEmpty() ? Set.of() : Set.of(rules.split(" "));
  }
}
