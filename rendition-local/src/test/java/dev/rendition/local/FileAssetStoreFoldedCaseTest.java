package dev.rendition.local;

/** The layout of a file system that folds case keeps the contract too. */
class FileAssetStoreFoldedCaseTest extends FileAssetStoreOfAnotherKind {
  FileAssetStoreFoldedCaseTest() {
    super(new StoreFormat(true, true));
  }
}
