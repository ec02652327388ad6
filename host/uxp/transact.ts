/**
 * One transaction = one entry in Premiere's undo history. Actions are made inside the lock, in the same turn in which they are
 * carried out, and Premiere does not promise their order: nothing in a transaction may depend on anything else in it.
 */
import { reasonOf, type Action, type Project } from './natives.ts';

/** One change of a transaction. */
export interface Part {
  /** Makes the actions, inside the lock, without waiting for anything; none where there is nothing to do any more. */
  make(): Action[];
  /** Makes what needs the first to be done: a transaction of its own inside the same lock, so that nobody sees what lies between. */
  follow?(): Action[];
  /** Why it was not written. */
  failed(reason: string): void;
}

/** One that fails does not stop the others: where Premiere refuses a transaction as a whole, its halves are tried. */
export function transact(project: Project, name: string, parts: Part[]): void {
  if (parts.length === 0) return;
  const reason = attempt(project, name, parts);
  if (reason === null) return;
  if (parts.length === 1) return parts[0]!.failed(reason);
  const middle = Math.ceil(parts.length / 2);
  transact(project, name, parts.slice(0, middle));
  transact(project, name, parts.slice(middle));
}

/** Null where all was carried out, but for parts whose actions could not even be made: those hear of it at once. */
function attempt(project: Project, name: string, parts: Part[]): string | null {
  let done = true;
  try {
    project.lockedAccess(() => {
      done = execute(project, name, parts.flatMap(made));
      // What does not follow is seen when it is read back.
      if (done) execute(project, `${name} (how they look)`, parts.flatMap(followed));
    });
  } catch (error) {
    return reasonOf(error);
  }
  return done ? null : 'Premiere did not carry it out';
}

function execute(project: Project, name: string, actions: Action[]): boolean {
  if (actions.length === 0) return true;
  return project.executeTransaction((compound) => {
    for (const action of actions) compound.addAction(action);
  }, name);
}

function made(part: Part): Action[] {
  try {
    return part.make();
  } catch (error) {
    part.failed(reasonOf(error));
    return [];
  }
}

function followed(part: Part): Action[] {
  try {
    return part.follow?.() ?? [];
  } catch {
    return [];
  }
}
