/**
 * The door to Resolve's object model: one call on one object, with objects as opaque handles, so that everything but the objects is
 * plain JSON. host/resolve/ opens it on the real one, host/standin/resolve/ on the stand-in. Types only.
 */

/** Stands for an object of Resolve's. */
export interface Handle {
  handle: string;
}

export type Answer = null | boolean | number | string | Handle | Answer[] | { [key: string]: Answer };

export interface Door {
  /** `on` null = Resolve itself. A method that is missing, a bad argument and a dialog all answer null or false, as in Resolve. */
  call(on: Handle | null, method: string, args: Answer[]): Promise<Answer>;
  /** Whether this version has the method. */
  has(on: Handle | null, method: string): Promise<boolean>;
  /** A constant of Resolve's by name (`EXPORT_EDL`); null where this version has none. */
  constant(name: string): Promise<number | null>;
  /** Whether a file is there; Resolve gives no reason for what it does not import. */
  exists(path: string): Promise<boolean>;
  /** Forgets every handle given out so far. */
  release(): void;
}
