/** The readable end of what is made here: values are handed over one by one, each when it is asked for. */

/**
 * A `ReadableStream` in which nothing waits. So an error, which would throw away what waits, overtakes nothing; and who
 * gives values is held back as long as nobody wants one.
 */
export class Outlet<T> {
  readonly stream: ReadableStream<T>;
  #controller!: ReadableStreamDefaultController<T>;
  #isAsked = false;
  #isOpen = true;
  #hasGiven = false;
  #wake: (() => void) | undefined;

  /** `cancelled` is called when the reader wants no more. */
  constructor(cancelled: (reason: unknown) => void) {
    this.stream = new ReadableStream<T>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          this.#isAsked = true;
          this.#wake?.();
        },
        cancel: (reason: unknown) => {
          this.#shut();
          cancelled(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Whether a value is waited for. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Whether a value was taken, and the next not asked for: the reader may be at work on it. */
  get isBusy(): boolean {
    return this.#isOpen && this.#hasGiven && !this.#isAsked;
  }

  /** Waits until a value is asked for; false when none will be. One waits at a time. */
  async asked(): Promise<boolean> {
    while (this.#isOpen && !this.#isAsked) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#isOpen;
  }

  /** Hands a value over, as soon as it is asked for; false when nobody wants it any more. */
  async give(value: T): Promise<boolean> {
    if (!(await this.asked())) {
      return false;
    }
    this.#isAsked = false;
    this.#hasGiven = true;
    this.#controller.enqueue(value);
    return true;
  }

  /** There are no more values. */
  end(): void {
    if (this.#isOpen) {
      this.#shut();
      this.#controller.close();
    }
  }

  /** There are no more values, because of an error. */
  fail(error: unknown): void {
    if (this.#isOpen) {
      this.#shut();
      this.#controller.error(error);
    }
  }

  #shut(): void {
    this.#isOpen = false;
    this.#wake?.();
  }
}
