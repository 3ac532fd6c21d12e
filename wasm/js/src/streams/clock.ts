/** The time that a connection is told: it stands still while the application, and not the other end, is waited for. */

/** Timers wait no longer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

export class Clock {
  readonly #ring: (now: number) => void;
  /** How long it stood still, and since when it does. */
  #stood = 0;
  #standsSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;

  /** `ring` is called at the time that was last asked for, or before. */
  constructor(ring: (now: number) => void) {
    this.#ring = ring;
  }

  /** Milliseconds since any moment. */
  now(): number {
    return (this.#standsSince ?? performance.now()) - this.#stood;
  }

  /** Has it stand still. */
  hold(): void {
    this.#standsSince ??= performance.now();
    this.stop();
  }

  /** Has it go on. */
  release(): void {
    if (this.#standsSince !== undefined) {
      this.#stood += performance.now() - this.#standsSince;
      this.#standsSince = undefined;
    }
  }

  /** Has it ring at `due`; `null` for never. */
  ringAt(due: number | null): void {
    if (due === null) {
      this.stop();
    } else if (this.#standsSince === undefined && due < this.#due) {
      // Where a timer rings before that, the next time is asked for then: most are put off again and again.
      this.stop();
      this.#due = due;
      this.#timer = setTimeout(() => this.#rung(), Math.min(Math.ceil(due - this.now()), LONGEST));
    }
  }

  /** Has it ring no more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }

  #rung(): void {
    this.#due = Infinity;
    this.#ring(this.now());
  }
}
