package dev.rendition.architecture.offence.printing;

final class Printer {
  private Printer() {}

  static void print() {
    System.out.println("a library never prints");
  }
}
