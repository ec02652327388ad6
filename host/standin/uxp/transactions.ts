/**
 * Locks, actions and the undo history of a stand-in Premiere's UXP. An action lives as long as the lock it was made in; those of
 * one transaction are carried out in any order, all or none; each transaction is one entry that undo takes back.
 */
import type { Model } from '../premiere/model.ts';

/** Does something and gives the way back. */
export type Run = () => () => void;

interface Lock {
  open: boolean;
}

export class Action {
  readonly #run: Run;
  readonly lock: Lock | null;
  used = false;
  constructor(run: Run, lock: Lock | null) {
    this.#run = run;
    this.lock = lock;
  }
  /** Not for plugins. */
  static run(action: Action): () => void {
    return action.#run();
  }
}

export interface UndoEntry {
  name: string;
  actions: number;
}

export class Transactions {
  readonly #model: Model;
  /** Whether actions must be made, and transactions carried out, inside a lock: from 26.3. */
  readonly #strict: boolean;
  readonly #changed: () => void;
  #lock: Lock | null = null;
  #random: number;
  readonly #undo: { name: string; back: (() => void)[] }[] = [];

  constructor(model: Model, options: { strict: boolean; seed: number; changed: () => void }) {
    this.#model = model;
    this.#strict = options.strict;
    this.#random = options.seed;
    this.#changed = options.changed;
  }

  get history(): UndoEntry[] {
    return this.#undo.map(({ name, back }) => ({ name, actions: back.length }));
  }

  /** False where there is nothing left to take back. What is not in a transaction stays. */
  undo(): boolean {
    const last = this.#undo.pop();
    if (!last) return false;
    for (const back of last.back.reverse()) back();
    this.#model.load(this.#model.state);
    return true;
  }

  action(run: Run): Action {
    if (this.#strict && !this.#lock) throw new Error('Actions can only be created within lockedAccess');
    return new Action(run, this.#lock);
  }

  /** Ends with the callback: what the callback awaits comes too late. */
  lockedAccess(callback: () => void): void {
    if (typeof callback !== 'function') throw new Error('Illegal Parameter type');
    this.#model.count('lockedAccess');
    const lock = { open: true };
    const outer = this.#lock;
    this.#lock = lock;
    try {
      callback();
    } finally {
      lock.open = false;
      this.#lock = outer;
    }
  }

  executeTransaction(callback: (compound: unknown) => void, name?: string): boolean {
    if (this.#strict && !this.#lock) throw new Error('executeTransaction outside lockedAccess');
    const actions: Action[] = [];
    let open = true;
    const compound = {
      addAction: (action: unknown): boolean => {
        if (!(action instanceof Action)) throw new Error('Illegal Parameter type');
        if (!open || action.used || (action.lock && !action.lock.open))
          throw new Error('The action has expired');
        action.used = true;
        actions.push(action);
        return true;
      },
      get empty(): boolean {
        return actions.length === 0;
      },
    };
    callback(compound);
    open = false;
    this.#model.count(this.#lock ? 'executeTransaction' : 'unlocked');
    const back = this.#carryOut(this.#shuffled(actions));
    if (!back) return false;
    if (back.length > 0) this.#undo.push({ name: name ?? '', back });
    this.#changed();
    return true;
  }

  /** Null where one failed: then all that was done is taken back. */
  #carryOut(actions: Action[]): (() => void)[] | null {
    const back: (() => void)[] = [];
    try {
      for (const action of actions) back.push(Action.run(action));
      return back;
    } catch {
      for (const undo of back.reverse()) undo();
      this.#model.load(this.#model.state);
      return null;
    }
  }

  #shuffled(actions: Action[]): Action[] {
    const mixed = [...actions];
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = this.#next() % (at + 1);
      [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
    }
    return mixed;
  }

  /** A plain generator: the same seed gives the same disorder. */
  #next(): number {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return this.#random >>> 8;
  }
}
