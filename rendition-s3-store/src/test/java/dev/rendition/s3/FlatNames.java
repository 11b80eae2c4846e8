package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Gives the test server the flat names S3 has, over a store of files, which has folders: {@code
 * a/b} and {@code a/b/c} may both be objects. A name is kept as the hex digits of its bytes, which
 * sort and begin as the bytes do. Reading is made as atomic as S3's.
 */
final class FlatNames extends ForwardingBlobStore {
  FlatNames(BlobStore files) {
    super(files);
  }

  static String flat(String name) {
    return HexFormat.of().formatHex(name.getBytes(UTF_8));
  }

  private static String name(String flat) {
    return flat.matches("([0-9a-f]{2})+") ? new String(HexFormat.of().parseHex(flat), UTF_8) : flat;
  }

  private static MultipartUpload flat(MultipartUpload upload) {
    CreateMultipartUploadRequest request = upload.request();
    return new MultipartUpload(
        upload.id(), request.toBuilder().key(flat(request.key())).build(), upload.response());
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Request.Builder asked = request.toBuilder();
    if (request.prefix() != null) {
      asked.prefix(flat(request.prefix()));
    }
    if (request.startAfter() != null) {
      asked.startAfter(flat(request.startAfter()));
    }
    ListObjectsV2Response found = super.list(asked.build());
    return found.toBuilder()
        .contents(
            found.contents().stream()
                .map(each -> each.toBuilder().key(name(each.key())).build())
                .toList())
        .build();
  }

  @Override
  public boolean blobExists(String container, String name) {
    return super.blobExists(container, flat(name));
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
    return super.putBlob(request.toBuilder().key(flat(request.key())).build(), bytes);
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    return super.blobMetadata(request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    GetObjectRequest asked = request.toBuilder().key(flat(request.key())).build();
    ResponseInputStream<GetObjectResponse> found = super.getBlob(asked);
    while (isReplaced(asked, found.response())) {
      found.abort();
      found = super.getBlob(asked);
    }
    return found;
  }

  /**
   * S3 answers with the headers and the bytes of one object; the store of files reads one after the
   * other, and what is put between the two would be torn.
   */
  private boolean isReplaced(GetObjectRequest asked, GetObjectResponse found) {
    try {
      HeadObjectResponse now =
          super.blobMetadata(
              HeadObjectRequest.builder().bucket(asked.bucket()).key(asked.key()).build());
      return now != null && !Objects.equals(now.eTag(), found.eTag());
    } catch (S3Exception e) {
      // Gone by now: what was opened is whole.
      return false;
    }
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return super.removeBlob(request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public ObjectCannedACL getBlobAccess(String container, String name) {
    return super.getBlobAccess(container, flat(name));
  }

  @Override
  public ObjectCannedACL getBlobAccess(String container, String name, String version) {
    return super.getBlobAccess(container, flat(name), version);
  }

  @Override
  public void setBlobAccess(String container, String name, ObjectCannedACL access) {
    super.setBlobAccess(container, flat(name), access);
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    MultipartUpload begun =
        super.initiateMultipartUpload(request.toBuilder().key(flat(request.key())).build());
    return new MultipartUpload(begun.id(), request, begun.response());
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    super.abortMultipartUpload(flat(upload));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return super.completeMultipartUpload(
        flat(upload), request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream bytes) {
    return super.uploadMultipartPart(
        flat(upload), request.toBuilder().key(flat(request.key())).build(), bytes);
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    return super.listMultipartUpload(flat(upload));
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String container) {
    return super.listMultipartUploads(container).stream()
        .map(each -> each.toBuilder().key(name(each.key())).build())
        .toList();
  }
}
