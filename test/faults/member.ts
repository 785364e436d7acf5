import type { AppProcess } from '../support/app-process.ts';

export type Role = 'bot' | 'worker';

/** How long a worker may take until it serves, in ms: the machine is busy. */
const START_LIMIT_MS = 120_000;
/** How soon a process that ended by itself is started again, in ms; a service manager would do the same. */
const RESTART_MS = 500;

export interface MemberNeeds {
  start(): AppProcess;
  /** Told of an end that nobody had asked for, or of a clean stop that was none. */
  onDied(how: string): void;
  /** Told what a life printed, when it has ended. */
  onEnded(life: number, output: string): void;
  /** Told when it serves after it was down. */
  onUp(): void;
}

/** A bot or worker that is kept running, over all its lives. */
export class Member {
  readonly name: string;
  readonly role: Role;
  readonly #needs: MemberNeeds;
  #state: 'down' | 'starting' | 'up' | 'frozen' = 'down';
  #app: AppProcess | undefined;
  #life = 0;
  /** Whether the present life was told to end before it listened to that. */
  #wasBooting = false;
  /** The signal that the present life was told to end with. */
  #told: NodeJS.Signals | undefined;
  #restartMs = RESTART_MS;
  #timer: NodeJS.Timeout | undefined;
  #ready: Promise<void> = Promise.resolve();
  #retired = false;

  constructor(name: string, role: Role, needs: MemberNeeds) {
    this.name = name;
    this.role = role;
    this.#needs = needs;
  }

  /** Whether it serves: neither down nor frozen, nor told to end. */
  get isUp(): boolean {
    return this.#state === 'up';
  }

  /** 0 before the first life. */
  get pid(): number {
    return this.#app?.pid ?? 0;
  }

  /** Wakes it or starts it, whatever is needed, and resolves when it serves. */
  async bringUp(): Promise<void> {
    this.wake();
    while (!this.isUp) {
      if (this.#state === 'down' && this.#told) await this.#app?.ended;
      if (this.#state === 'down') this.#launch();
      await this.#ready;
      if (this.#state === 'starting') throw new Error(`${this.name} did not serve within ${START_LIMIT_MS / 1_000} s.`);
    }
  }

  /** Sends the signal; so many ms after its end the process is started again. */
  kill(signal: 'SIGKILL' | 'SIGTERM', restartMs: number): void {
    this.#told = signal;
    this.#restartMs = restartMs;
    this.#wasBooting = this.#isBooting;
    this.#state = 'down';
    this.#app?.kill(signal);
  }

  freeze(): void {
    this.#state = 'frozen';
    this.#app?.kill('SIGSTOP');
  }

  wake(): void {
    if (this.#state !== 'frozen') return;
    this.#app?.kill('SIGCONT');
    this.#state = 'up';
  }

  /** SIGTERM, the end, and no new life. */
  async retire(): Promise<void> {
    this.#retired = true;
    clearTimeout(this.#timer);
    this.wake();
    if (!this.#app) return;
    this.#told ??= 'SIGTERM';
    this.#wasBooting = this.#isBooting;
    this.#app.kill('SIGTERM');
    await this.#app.ended;
  }

  /** Every process says something once it listens to SIGTERM: before that the signal ends it, as it ends any program that still loads. */
  get #isBooting(): boolean {
    return this.#app?.output() === '';
  }

  #launch(): void {
    clearTimeout(this.#timer);
    const app = this.#needs.start();
    this.#app = app;
    this.#life += 1;
    this.#wasBooting = false;
    this.#told = undefined;
    this.#state = 'starting';
    void app.ended.then((end) => this.#ended(app, end));
    // A bot may be broken from its first moment on: there are others.
    const serves = this.role === 'bot' ? Promise.resolve() : app.waitForOutput(/Serving pool/, START_LIMIT_MS);
    this.#ready = serves.then(
      () => {
        if (this.#app !== app || this.#state !== 'starting') return;
        this.#state = 'up';
        this.#needs.onUp();
      },
      () => undefined,
    );
  }

  #ended(app: AppProcess, { code, signal }: Awaited<AppProcess['ended']>): void {
    this.#state = 'down';
    this.#needs.onEnded(this.#life, app.output());
    const isBooting = signal === 'SIGTERM' && this.#wasBooting;
    const isAsTold = this.#told === 'SIGKILL' || (this.#told === 'SIGTERM' && (code === 0 || isBooting));
    if (!isAsTold) {
      const how = code === undefined ? `by ${signal}` : `with code ${code}`;
      this.#needs.onDied(`ended ${how}${this.#told ? ` after ${this.#told}` : ' although nobody had told it to'}`);
    }
    if (this.#retired) return;
    this.#timer = setTimeout(() => this.#launch(), this.#told ? this.#restartMs : RESTART_MS);
    this.#told = undefined;
  }
}
