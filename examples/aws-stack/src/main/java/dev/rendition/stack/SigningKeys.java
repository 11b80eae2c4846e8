package dev.rendition.stack;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.CfnRuleAssertion;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cloudfront.CfnKeyGroup;
import software.amazon.awscdk.services.cloudfront.CfnPublicKey;
import software.constructs.Construct;

/**
 * The keys whose signatures open private links. There is room for two, because CloudFront cannot
 * change a key: the next one is added, the application signs with it, the former one is removed.
 */
final class SigningKeys extends Construct {
  /** Takes nothing but a public key: a private one by mistake is refused before it is stored. */
  private static final String PUBLIC_PEM =
      "^(-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\\s]+-----END PUBLIC KEY-----\\s*)?$";

  private final CfnKeyGroup group;

  SigningKeys(Construct delivery) {
    super(delivery, "Keys");
    String first = parameter("FirstPublicKey");
    String second = parameter("SecondPublicKey");
    CfnRule.Builder.create(this, "OneKeyAtLeast")
        .assertions(
            List.of(
                CfnRuleAssertion.builder()
                    .assertValue(
                        Fn.conditionNot(
                            Fn.conditionAnd(
                                Fn.conditionEquals(first, ""), Fn.conditionEquals(second, ""))))
                    .assertDescription(
                        "FirstPublicKey or SecondPublicKey has to be a public key in PEM.")
                    .build()))
        .build();
    group =
        CfnKeyGroup.Builder.create(this, "Group")
            .keyGroupConfig(
                CfnKeyGroup.KeyGroupConfigProperty.builder()
                    .name(Delivery.name("keys"))
                    .items(List.of(key("First", first), key("Second", second)))
                    .build())
            .build();
  }

  CfnKeyGroup group() {
    return group;
  }

  private String parameter(String name) {
    CfnParameter parameter =
        CfnParameter.Builder.create(this, name)
            .type("String")
            .defaultValue("")
            .allowedPattern(PUBLIC_PEM)
            .constraintDescription("must be an RSA public key in PEM, or nothing")
            .description("Opens private links that are signed with the private key to it; PEM.")
            .build();
    parameter.overrideLogicalId(name);
    return parameter.getValueAsString();
  }

  /** Returns the id of a key if there is one, and nothing otherwise. */
  private String key(String slot, String pem) {
    CfnCondition given =
        CfnCondition.Builder.create(this, slot + "Given")
            .expression(Fn.conditionNot(Fn.conditionEquals(pem, "")))
            .build();
    CfnPublicKey key =
        CfnPublicKey.Builder.create(this, slot)
            .publicKeyConfig(
                CfnPublicKey.PublicKeyConfigProperty.builder()
                    .name(Delivery.name(slot))
                    .callerReference(Delivery.name(slot))
                    .encodedKey(pem)
                    .build())
            .build();
    key.getCfnOptions().setCondition(given);
    CfnOutput output =
        CfnOutput.Builder.create(this, slot + "KeyPairId")
            .value(key.getRef())
            .condition(given)
            .build();
    output.overrideLogicalId(slot + "KeyPairId");
    return Fn.conditionIf(given.getLogicalId(), key.getRef(), Aws.NO_VALUE).toString();
  }
}
