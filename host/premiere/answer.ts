/** The envelope round every method: one argument in, one JSON text out, nothing thrown across the wire. */
import { toJson } from './json.ts';
import type { NativeProject } from './natives.ts';

/** A refusal with a code the panel knows. */
export function refuse(code: string, message: string): Error {
  const error = new Error(message);
  (error as Error & { baton?: string }).baton = code;
  return error;
}

/** What went wrong, as text; Premiere throws strings and numbers too. */
export function reasonOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message !== '' ? message : String(error);
}

/** Wraps a method. The text is `{"ok":true,"value":…}` or `{"ok":false,"error":{"code","message","line"}}`. */
export function answering<Request, Value>(method: (request: Request) => Value): (request: Request) => string {
  return (request) => {
    try {
      return toJson({ ok: true, value: method(request) });
    } catch (error) {
      const coded = error as { baton?: unknown; line?: unknown } | null;
      return toJson({
        ok: false,
        error: {
          code: typeof coded?.baton === 'string' ? coded.baton : 'host-threw',
          message: reasonOf(error),
          line: typeof coded?.line === 'number' ? coded.line : 0,
        },
      });
    }
  };
}

/** The open project; refuses where there is none. */
export function openProject(): NativeProject {
  const project = app.project as unknown as NativeProject | null | undefined;
  if (!project || !project.rootItem)
    throw refuse('not-open', 'No project is open in Premiere: open one and try again.');
  return project;
}
