package dev.rendition.local;

/** The layout of a file system without hard links keeps the contract too. */
class FileAssetStoreWithoutHardLinksTest extends FileAssetStoreOfAnotherKind {
  FileAssetStoreWithoutHardLinksTest() {
    super(new StoreFormat(false, false));
  }
}
