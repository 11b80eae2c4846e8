package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "my-function, my-function, ''",
    "my-function:prod, my-function, prod",
    "my-function:$LATEST, my-function, $LATEST",
    "123456789012:function:f:7, f, 7",
    "arn:aws:lambda:us-west-2:123456789012:function:f, f, ''",
    "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f:x_1, f, x_1"
  })
  void everyDocumentedFormIsRead(String text, String name, String qualifier) {
    FunctionReference reference = FunctionReference.of(text, Optional.empty());
    assertThat(reference.name()).isEqualTo(name);
    assertThat(reference.qualifier().orElse("")).isEqualTo(qualifier);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "a b", "a/b", "a:b:c", "../a", "arn:aws:s3:::bucket", "a:$OLD", "ä"})
  void whatIsNoReferenceIsRefused(String text) {
    assertThatThrownBy(() -> FunctionReference.of(text, Optional.empty()))
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.status()).isEqualTo(400));
  }

  @Test
  void aLongReferenceIsRefusedQuickly() {
    assertThatThrownBy(() -> FunctionReference.of("a-".repeat(100_000), Optional.empty()))
        .isInstanceOf(ServiceError.class);
  }

  @Test
  void twoQualifiersMustAgree() {
    assertThat(FunctionReference.of("f:1", Optional.of("1")).qualifier()).contains("1");
    assertThatThrownBy(() -> FunctionReference.of("f:1", Optional.of("2")))
        .isInstanceOf(ServiceError.class);
  }
}
