package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Reads RSA keys in PEM (RFC 7468), as PKCS #8 (RFC 5208) or PKCS #1 (RFC 8017, appendix A.1.2).
 */
final class PrivateKeys {
  /** SEQUENCE { OID rsaEncryption, NULL } in DER. */
  private static final byte[] RSA_ALGORITHM = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  private PrivateKeys() {}

  /**
   * Reads a key; line breaks may be missing.
   *
   * @throws IllegalArgumentException if it is none; the message shows nothing of the text
   */
  static RSAPrivateKey read(String pem) {
    boolean old = pem.contains("BEGIN RSA PRIVATE KEY");
    if (!old && !pem.contains("BEGIN PRIVATE KEY")) {
      throw new IllegalArgumentException(
          "a private key is a PEM text with the line BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY;"
              + " keys with a pass phrase are not read");
    }
    String body = pem.replaceAll("-----[A-Z ]*-----", "").replaceAll("\\\\n|\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(body.getBytes(US_ASCII));
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(old ? wrap(der) : der);
      if (KeyFactory.getInstance("RSA").generatePrivate(spec) instanceof RSAPrivateKey key) {
        return key;
      }
      throw new IllegalArgumentException("the private key is no RSA key");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Neither message nor cause is passed on: they may quote the key.
      throw new IllegalArgumentException("the private key is no RSA key that can be read");
    }
  }

  /** Puts a PKCS #1 key into a PKCS #8 envelope. */
  private static byte[] wrap(byte[] key) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(new byte[] {2, 1, 0});
    content.writeBytes(RSA_ALGORITHM);
    content.writeBytes(element(4, key));
    return element(0x30, content.toByteArray());
  }

  /** Writes an element in DER: tag, length, content of 128 to 65,535 bytes or fewer. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
