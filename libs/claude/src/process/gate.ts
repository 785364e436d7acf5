/** Holds up whoever passes until it is opened, once. */
export class Gate {
  isOpen: boolean;
  readonly passed: Promise<void>;
  #release: () => void = () => {};

  constructor(state: 'open' | 'closed') {
    this.isOpen = state === 'open';
    this.passed = this.isOpen ? Promise.resolve() : new Promise((resolve) => (this.#release = resolve));
  }

  open(): void {
    this.isOpen = true;
    this.#release();
  }
}
