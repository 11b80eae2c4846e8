package dev.rendition.local.assist;

/**
 * Idle workers, as the owner of some work sees them: it offers a short piece, and either a worker
 * takes it up or the owner does it. Safe for use by many threads.
 *
 * <p>Whoever offers a piece waits for it, or takes it back, before the memory that the piece works
 * on is used for anything else.
 */
public interface Assistant {
  /** Nobody: every owner does everything. */
  Assistant NONE =
      new Assistant() {
        @Override
        public boolean idle() {
          return false;
        }

        @Override
        public boolean offer(Runnable piece) {
          return false;
        }

        @Override
        public boolean withdraw(Runnable piece) {
          return false;
        }

        @Override
        public boolean wanted() {
          return false;
        }
      };

  /**
   * Tells whether a worker is idle and no request waits for one. Costs a few nanoseconds, and may
   * not hold any more when the caller acts on it.
   */
  boolean idle();

  /**
   * Offers a piece of work of a few milliseconds at most, or one that ends soon after a worker is
   * {@link #wanted}. Requests come first: there is no help while one waits.
   *
   * @param piece throws nothing, and waits for nobody
   * @return whether an idle worker was woken for it; it then runs once, unless it is withdrawn
   */
  boolean offer(Runnable piece);

  /**
   * Takes a piece back.
   *
   * @return whether it has not begun, and now never will; otherwise it runs, has run, or was never
   *     taken
   */
  boolean withdraw(Runnable piece);

  /**
   * Tells whether a request waits for a worker, so that whoever helps should come to an end. Costs
   * a few nanoseconds.
   */
  boolean wanted();
}
