/** How the stand-in's objects and methods are written down: an object is its kind and id, a method answers for itself. */
import type { StandinResolve } from './standin.ts';

export interface Handle {
  handle: string;
}
export type Answer = null | boolean | number | string | Handle | Answer[] | Map<string | number, Answer>;

export interface Method {
  /** First version that has it; absent = before 18.5. */
  since?: string;
  /** On the free edition: answers false and opens a dialog that stays. */
  studioOnly?: true;
  /** Changes the project. */
  writes?: true;
  run(standin: StandinResolve, id: string, args: unknown[]): Answer;
}
export type Methods = Record<string, Method>;

export const handleOf = (kind: string, id: string): Handle => ({ handle: `${kind}:${id}` });

/** The id in an argument that should be an object of a kind; null for anything else. */
export function idOf(value: unknown, kind: string): string | null {
  if (typeof value !== 'object' || value === null || !('handle' in value)) return null;
  const handle = String(value.handle);
  return handle.startsWith(`${kind}:`) ? handle.slice(kind.length + 1) : null;
}
