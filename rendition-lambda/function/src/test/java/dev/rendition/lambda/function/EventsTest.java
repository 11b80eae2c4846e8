package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.testkit.FaultyStore;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of event, from its bytes to the renditions and the answer. */
class EventsTest {
  @Test
  void anEventOfS3HasEveryRecipeMadeOfTheObjectWithTheDecodedKey() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/Z\u00fcrich am See.jpg", 0);
      assertThat(stage.route(Stage.event("s3-put")))
          .isEqualTo("{\"objects\":1,\"renditions\":2,\"passed\":0,\"dropped\":0}");
      assertThat(stage.madeOf("acme/photos/Z\u00fcrich am See.jpg"))
          .containsExactly("card", "thumb");
    }
  }

  @Test
  void anEventThroughATopicIsTheSame() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/beach.jpg", 0);
      assertThat(stage.route(Stage.event("sns-s3"))).contains("\"renditions\":2");
      assertThat(stage.madeOf("acme/photos/beach.jpg")).containsExactly("card", "thumb");
    }
  }

  @Test
  void anEventOfEventBridgeNamesTheKeyAsItIs() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/1+1 = 100%25.jpg", 0);
      assertThat(stage.route(Stage.event("eventbridge-s3"))).contains("\"renditions\":2");
      assertThat(stage.madeOf("acme/photos/1+1 = 100%25.jpg")).containsExactly("card", "thumb");
    }
  }

  @Test
  void aBatchOfAQueueHasEveryMessageDoneWhateverItIsWrappedIn() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/beach.jpg", 0);
      stage.original("acme/photos/pier.jpg", 1);
      assertThat(stage.route(Stage.event("sqs-s3"))).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(stage.madeOf("acme/photos/beach.jpg")).hasSize(2);
      assertThat(stage.madeOf("acme/photos/pier.jpg")).hasSize(2);
    }
  }

  @Test
  void onlyTheMessagesOfAQueueThatFailedComeBack() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.originals.put(
          AssetKey.parse("acme/photos/beach.jpg"),
          AssetSource.ofBytes(new byte[] {1, 2, 3}, "image/jpeg"));
      stage.original("acme/photos/pier.jpg", 1);
      assertThat(stage.route(Stage.event("sqs-s3")))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975830a7d\"}]}");
      assertThat(stage.madeOf("acme/photos/pier.jpg")).hasSize(2);
    }
  }

  @Test
  void aMessageThatIsNoNewsComesBackAloneToo() throws IOException {
    String event =
        Stage.event("sqs-s3")
            .replaceFirst("\"body\": \"\\{.*\\}\",\n", "\"body\": \"{\\\\\"a\\\\\":1}\",\n");
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/pier.jpg", 1);
      assertThat(stage.route(event))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975830a7d\"}]}");
      assertThat(stage.madeOf("acme/photos/pier.jpg")).hasSize(2);
    }
  }

  @Test
  void aBatchWhoseMessageHasNoIdentifierIsRefusedBeforeAnythingIsDone() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/beach.jpg", 0);
      stage.original("acme/photos/pier.jpg", 1);
      String event = Stage.event("sqs-s3").replace("\"messageId\": \"2e1424d4", "\"other\": \"2e");
      assertThatThrownBy(() -> stage.route(event))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("messageId");
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void whatCannotBeReachedInTimeComesBackFromAQueue() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/beach.jpg", 0);
      stage.original("acme/photos/pier.jpg", 1);
      assertThat(stage.route(Stage.event("sqs-s3"), Duration.ofMillis(400)))
          .contains("059f36b4", "2e1424d4");
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void aTaskOfABatchJobSucceeds() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/beach.jpg", 0);
      assertThat(stage.route(Stage.event("batch-1")))
          .isEqualTo(
              "{\"invocationSchemaVersion\":\"1.0\",\"treatMissingKeysAs\":\"PermanentFailure\","
                  + "\"invocationId\":\"YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo\",\"results\":["
                  + "{\"taskId\":\"dGFza2lkZ29lc2hlcmUK\",\"resultCode\":\"Succeeded\",\"resultString\":\"2 renditions\"}]}");
      assertThat(stage.madeOf("acme/photos/beach.jpg")).hasSize(2);
    }
  }

  @Test
  void aBatchJobMayNameTheRecipesItWants() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/Z\u00fcrich am See.jpg", 0);
      assertThat(stage.route(Stage.event("batch-2")))
          .contains("\"invocationSchemaVersion\":\"2.0\"", "Succeeded", "1 renditions");
      assertThat(stage.madeOf("acme/photos/Z\u00fcrich am See.jpg")).containsExactly("thumb");
      assertThat(stage.route(Stage.event("batch-2").replace("\"thumb\"", "\"poster\"")))
          .contains("PermanentFailure", "RECIPE_UNKNOWN", "poster");
    }
  }

  @Test
  void aPlusInABatchJobIsASpaceOrAPlusWhicheverIsThere() throws IOException {
    try (Stage stage = Stage.open()) {
      String event = Stage.event("batch-1").replace("beach.jpg", "a+b.jpg");
      assertThat(stage.route(event)).contains("PermanentFailure", "not there");
      stage.original("acme/photos/a+b.jpg", 0);
      assertThat(stage.route(event)).contains("Succeeded");
      assertThat(stage.madeOf("acme/photos/a+b.jpg")).hasSize(2);
      stage.original("acme/photos/a b.jpg", 1);
      assertThat(stage.route(event)).contains("Succeeded");
      assertThat(stage.madeOf("acme/photos/a b.jpg")).hasSize(2);
    }
  }

  @Test
  void aTaskTellsWhetherToTryAgain() throws IOException {
    FaultyStore[] faulty = new FaultyStore[1];
    try (Stage stage = Stage.with().around(store -> faulty[0] = FaultyStore.around(store)).open()) {
      stage.originals.put(
          AssetKey.parse("acme/photos/beach.jpg"),
          AssetSource.ofBytes(new byte[] {1, 2, 3}, "image/jpeg"));
      assertThat(stage.route(Stage.event("batch-1")))
          .contains("PermanentFailure", FailureReason.FORMAT_UNKNOWN.name());
      faulty[0].setDown(true);
      assertThat(stage.route(Stage.event("batch-1")))
          .contains("TemporaryFailure", FailureReason.STORE_FAILED.name());
      faulty[0].setDown(false);
      assertThat(stage.route(Stage.event("batch-1").replace("dam-originals", "other")))
          .contains("PermanentFailure", "s3://other/acme/photos/beach.jpg");
      assertThat(stage.route(Stage.event("batch-1").replace("beach.jpg", "%zz")))
          .contains("PermanentFailure", "two hex digits");
      assertThatThrownBy(() -> stage.route(Stage.event("batch-1").replace("\"1.0\"", "\"3.0\"")))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("1.0 or 2.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-test", "s3-removed"})
  void whatIsNoNewObjectIsPassedOver(String name) throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/photos/beach.jpg", 0);
      assertThat(stage.route(Stage.event(name)))
          .isEqualTo("{\"objects\":0,\"renditions\":0,\"passed\":1,\"dropped\":0}");
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void aTestOfTheNotificationMayComeThroughTopicAndQueue() throws IOException {
    String test = Stage.event("s3-test").replace("\n", "").replace("\"", "\\\"");
    String queued =
        "{\"Records\":[{\"messageId\":\"m\",\"eventSource\":\"aws:sqs\",\"body\":\""
            + test
            + "\"}]}";
    String told =
        "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"" + test + "\"}}]}";
    try (Stage stage = Stage.open()) {
      assertThat(stage.route(queued)).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(stage.route(told)).contains("\"passed\":1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme/a+b.jpg                | acme/a b.jpg",
        "acme/a%2Bb.jpg              | acme/a+b.jpg",
        "acme/a%20b.jpg              | acme/a b.jpg",
        "acme/%C3%A4%C3%B6%C3%BC.jpg | acme/\u00e4\u00f6\u00fc.jpg",
        "acme/%F0%9F%8F%96.jpg       | acme/\ud83c\udfd6.jpg",
        "acme/100%25.jpg             | acme/100%.jpg",
        "acme/%252e.jpg              | acme/%2e.jpg",
        "acme/a%2Fb.jpg              | acme/a/b.jpg",
        "acme/..b.jpg                | acme/..b.jpg"
      })
  void keysAreFullyDecoded(String encoded, String key) throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original(key, 0);
      assertThat(stage.route(Stage.s3Event(encoded))).contains("\"objects\":1");
      assertThat(stage.madeOf(key)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme/%",
        "acme/%a",
        "acme/%zz.jpg",
        "acme/%C3.jpg",
        "acme/%C0%AF.jpg",
        "acme/%ED%A0%80.jpg",
        "acme/%2e%2e/globex/a.jpg",
        "acme/../globex/a.jpg",
        "acme//a.jpg",
        "%2e%2e/a.jpg",
        "a.jpg",
        "acme/%00.jpg",
        "acme/a%0Ab.jpg",
        "acme/%E2%80%AE.jpg",
        "/acme/a.jpg"
      })
  void aKeyThatIsNoAssetsIsRefusedAndNothingIsWritten(String encoded) throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("globex/a.jpg", 0);
      assertThatThrownBy(() -> stage.route(Stage.s3Event(encoded)))
          .isInstanceOfSatisfying(
              EventRefusedException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.REQUEST_INVALID))
          .message()
          .doesNotContain("\n", "\u202e");
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void everyRecordIsWorkedOnAlsoBehindABrokenOne() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/a.jpg", 0);
      stage.original("acme/b.jpg", 1);
      assertThatThrownBy(() -> stage.route(Stage.s3Event("acme/a.jpg", "acme/%zz", "acme/b.jpg")))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("1 of 3 objects failed");
      assertThat(stage.madeOf("acme/a.jpg")).hasSize(2);
      assertThat(stage.madeOf("acme/b.jpg")).hasSize(2);
    }
  }

  @Test
  void aFailureThatMayPassAsksForAnotherDelivery() throws IOException {
    FaultyStore[] faulty = new FaultyStore[1];
    try (Stage stage =
        Stage.with().aroundRenditions(store -> faulty[0] = FaultyStore.around(store)).open()) {
      stage.original("acme/a.jpg", 0);
      faulty[0].setDown(true);
      assertThatThrownBy(() -> stage.route(Stage.s3Event("acme/a.jpg", "acme/%zz")))
          .isInstanceOfSatisfying(
              EventFailedException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.STORE_FAILED))
          .hasMessageContaining("2 of 2 objects failed");
      faulty[0].setDown(false);
      assertThat(stage.route(Stage.s3Event("acme/a.jpg"))).contains("\"renditions\":2");
    }
  }

  @Test
  void aPictureThatCanNeverBeMadeEndsTheEventUnlessThatCountsAsDone() throws IOException {
    AssetKey key = AssetKey.parse("acme/a.jpg");
    try (Stage failing = Stage.open();
        Stage dropping =
            Stage.with().variable("RENDITION_FUNCTION_PERMANENT_FAILURES", "drop").open()) {
      for (Stage stage : new Stage[] {failing, dropping}) {
        stage.originals.put(key, AssetSource.ofBytes(new byte[100], "image/jpeg"));
      }
      assertThatThrownBy(() -> failing.route(Stage.s3Event("acme/a.jpg")))
          .isInstanceOfSatisfying(
              EventRefusedException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.FORMAT_UNKNOWN));
      assertThat(dropping.route(Stage.s3Event("acme/a.jpg"))).contains("\"dropped\":1");
    }
  }

  @Test
  void anObjectThatIsGoneByNowIsPassedOver() throws IOException {
    try (Stage stage = Stage.open()) {
      assertThat(stage.route(Stage.event("sns-s3"))).contains("\"passed\":1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"acme/a.jpg/thumb-0123456789abcdef.png", "acme/x/a.png/card-aaaaaaaaaaaaaaaa.jpg"})
  void aRenditionIsPassedOverAndNothingIsMadeOfIt(String key) throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original(key, 0);
      assertThat(stage.route(Stage.s3Event(key))).contains("\"passed\":1");
      assertThat(stage.made()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dam, dam/renditions, renditions/acme/a.jpg",
    "dam/originals, dam, acme/a.jpg/thumb-0123456789abcdef.png",
    "dam, dam, acme/a.jpg/thumb-0123456789abcdef.png",
    "dam, dam/{tenant}/made, acme/made/a.jpg"
  })
  void whatLiesWhereRenditionsDoIsNeverWorkedOn(String originals, String renditions, String key)
      throws IOException {
    String event = Stage.s3Event(key).replace("dam-originals", "dam");
    try (Stage stage = Stage.with().places(originals, renditions).open()) {
      stage.original(key, 0);
      stage.original("acme/a.jpg", 0);
      assertThat(stage.route(event)).contains("\"passed\":1");
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void theRecursionGuardHoldsInEveryLayout() throws IOException {
    try (Stage folders = Stage.with().layout(book -> new VariantFolderLayout(book.names())).open();
        Stage suffixes = Stage.with().layout(book -> new SuffixLayout(book.names())).open()) {
      folders.original("acme/thumb/a.jpg", 0);
      assertThat(folders.route(Stage.s3Event("acme/thumb/a.jpg"))).contains("\"passed\":1");
      suffixes.original("acme/a-thumb.jpg", 0);
      assertThat(suffixes.route(Stage.s3Event("acme/a-thumb.jpg"))).contains("\"passed\":1");
      assertThat(folders.made()).isEmpty();
      assertThat(suffixes.made()).isEmpty();
    }
  }

  @Test
  void anObjectOfAnotherBucketIsRefused() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/a.jpg", 0);
      String event = Stage.s3Event("acme/a.jpg").replace("dam-originals", "somebody-elses");
      assertThatThrownBy(() -> stage.route(event))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("s3://somebody-elses/acme/a.jpg");
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void anObjectOfATenantThatIsNotServedIsRefused() throws IOException {
    try (Stage stage =
        Stage.with().variable("RENDITION_FUNCTION_TENANTS", "acme, initech").open()) {
      stage.original("acme/a.jpg", 0);
      stage.original("globex/a.jpg", 0);
      assertThat(stage.route(Stage.s3Event("acme/a.jpg"))).contains("\"objects\":1");
      assertThatThrownBy(() -> stage.route(Stage.s3Event("globex/a.jpg")))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("globex/a.jpg");
      assertThat(stage.madeOf("globex/a.jpg")).isEmpty();
    }
  }

  @Test
  void aFolderOfTheConsoleIsPassedOver() throws IOException {
    try (Stage stage = Stage.open()) {
      assertThat(stage.route(Stage.s3Event("acme/photos/"))).contains("\"passed\":1");
    }
  }

  @Test
  void onlyTheRecipesNamedForEventsAreMade() throws IOException {
    try (Stage stage = Stage.with().variable("RENDITION_FUNCTION_RECIPES", "card").open()) {
      stage.original("acme/a.jpg", 0);
      assertThat(stage.route(Stage.s3Event("acme/a.jpg"))).contains("\"renditions\":1");
      assertThat(stage.madeOf("acme/a.jpg")).containsExactly("card");
    }
  }

  @Test
  void withoutARecipeAnEventIsRefusedWithWhatToSet() throws IOException {
    try (Stage stage = Stage.with().recipes().open()) {
      stage.original("acme/a.jpg", 0);
      assertThatThrownBy(() -> stage.route(Stage.s3Event("acme/a.jpg")))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("RENDITION_RECIPE_");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "17",
        "{",
        "{}",
        "{\"Records\":[]}",
        "{\"Records\":{}}",
        "{\"Records\":[1]}",
        "{\"Records\":[{\"eventSource\":\"aws:dynamodb\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{\"Type\":\"Notification\",\"Message\":\"no JSON\"}",
        "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{}}",
        "{\"invocationSchemaVersion\":\"1.0\",\"tasks\":[{}]}"
      })
  void whatIsNoKnownEventIsRefusedInOneLine(String event) throws IOException {
    try (Stage stage = Stage.open()) {
      assertThatThrownBy(() -> stage.route(event))
          .isInstanceOf(EventRefusedException.class)
          .message()
          .isNotEmpty()
          .doesNotContain("\n");
    }
  }

  @Test
  void anEventOfAnOlderHttpFormIsRefusedWithWhatToUse() throws IOException {
    try (Stage stage = Stage.open()) {
      assertThatThrownBy(() -> stage.route(Stage.event("rest-get")))
          .isInstanceOf(EventRefusedException.class)
          .hasMessageContaining("payload format 2.0");
    }
  }

  @Test
  void aDeeplyNestedEventIsRefused() throws IOException {
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    try (Stage stage = Stage.open()) {
      assertThatThrownBy(() -> stage.route(deep)).isInstanceOf(EventRefusedException.class);
    }
  }

  @Test
  void newsWrappedManyTimesIsRefused() {
    String event = Stage.s3Event("acme/a.jpg");
    for (int i = 0; i < 5; i++) {
      event =
          "{\"Type\":\"Notification\",\"Message\":\""
              + event.replace("\\", "\\\\").replace("\"", "\\\"")
              + "\"}";
    }
    String wrapped = event;
    assertThatThrownBy(() -> Notices.read(Json.read(wrapped)))
        .isInstanceOf(EventRefusedException.class)
        .hasMessageContaining("wrapped");
  }
}
