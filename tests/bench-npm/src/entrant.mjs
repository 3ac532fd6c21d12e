// A contestant at work in a process of its own, seen from the one that asks.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/** After this many milliseconds a command has failed. */
const PATIENCE = 120_000;

/** A contestant's process. */
export class Entrant {
  #child;

  constructor(contestant, child) {
    this.contestant = contestant;
    this.#child = child;
  }

  /** Starts it; with a profile's folder and name, Node writes one there when it ends. */
  static async start(contestant, { clock = 'wall', profile } = {}) {
    const execArgv = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile.folder}`, `--cpu-prof-name=${profile.name}`] : [];
    const env = { ...process.env, ...contestant.environment };
    const entrant = new Entrant(contestant, fork(CHILD, [contestant.file, contestant.name, clock], { execArgv, env }));
    await entrant.#answer('its start');
    return entrant;
  }

  /** Gives what it leaves out in a row, or `null`; throws what it does wrongly. */
  async verify(row) {
    return (await this.#ask('verify', row.name)).omission;
  }

  /** Warms it up for a row. */
  async prepare(row) {
    await this.#ask('prepare', row.name);
  }

  /** Lets it work for so many milliseconds, and gives the nanoseconds that each operation took. */
  async turn(milliseconds) {
    return (await this.#ask('turn', milliseconds)).nanoseconds;
  }

  /** Ends it. */
  async end() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  #ask(command, argument) {
    this.#child.send({ command, argument });
    return this.#answer(`${command} ${argument}`);
  }

  async #answer(what) {
    const child = this.#child;
    const answer = await new Promise((resolve, reject) => {
      const fail = (words) => reject(new Error(`${this.contestant.name}: ${what}: ${words}`));
      const timer = setTimeout(() => {
        child.kill();
        fail(`no answer after ${PATIENCE / 1000} s`);
      }, PATIENCE);
      const onExit = (code, signal) => settle(() => fail(`its process ended (${signal ?? code})`));
      const onMessage = (message) => settle(() => resolve(message));
      const settle = (then) => {
        clearTimeout(timer);
        child.off('exit', onExit).off('message', onMessage);
        then();
      };
      child.once('exit', onExit).once('message', onMessage);
    });
    if (answer.error !== undefined) throw new Error(`${this.contestant.name}: ${what}: ${answer.error}`);
    return answer;
  }
}
