/** What the objects of a stand-in's UXP share: the project, the transactions, and which version of Premiere they play. */
import type { Misbehaviour, Model } from '../premiere/model.ts';
import type { StandinNode } from '../premiere/state.ts';
import { later } from './promise.ts';
import { Sequence } from './sequence.ts';
import type { Action, Run, Transactions } from './transactions.ts';

/** What a real one has been seen to do, beside what both ways into Premiere share. */
export interface UxpMisbehaviour extends Omit<
  Misbehaviour,
  'startTime' | 'findNothing' | 'fixedComments' | 'delayMs'
> {
  /** The columns of the view hold no media start. */
  hiddenColumns?: boolean;
  /** Time displays have numbers of their own. */
  ownDisplayNumbers?: boolean;
  /** Names of items whose changes are refused when a transaction comes to them: it fails as a whole. */
  refuses?: string[];
}

export type Version = '25.6' | '26.2' | '26.3' | '26.5';

export class World {
  readonly model: Model;
  readonly transactions: Transactions;
  readonly misbehaviour: UxpMisbehaviour;
  readonly #version: number;
  /** Native calls that only ask. */
  asked = 0;

  constructor(model: Model, transactions: Transactions, version: string, misbehaviour: UxpMisbehaviour) {
    this.model = model;
    this.transactions = transactions;
    this.#version = Number.parseFloat(version);
    this.misbehaviour = misbehaviour;
  }

  since(version: Version): boolean {
    return this.#version >= Number(version);
  }

  node(id: string): StandinNode {
    return this.model.node(id);
  }

  /** An answer that comes later. */
  ask<T>(answer: () => T): Promise<T> {
    this.asked++;
    return later(answer);
  }

  action(run: Run): Action {
    return this.transactions.action(run);
  }

  sequence(id: string): Sequence {
    return new Sequence(this, id);
  }

  /** A change of one item, which this Premiere may refuse. */
  change(id: string, run: (node: StandinNode) => () => void): Action {
    this.node(id);
    return this.action(() => {
      const node = this.node(id);
      if ((this.misbehaviour.refuses ?? []).includes(node.name)) throw new Error('Refused');
      return run(node);
    });
  }
}

/** Takes a node out of its bin and gives the way back to the same place. */
export function takeOut(model: Model, node: StandinNode): () => void {
  const parent = model.parent(node.id)!;
  const place = parent.children!.indexOf(node);
  model.remove(node);
  return () => {
    parent.children!.splice(Math.min(place, parent.children!.length), 0, node);
    model.load(model.state);
  };
}
