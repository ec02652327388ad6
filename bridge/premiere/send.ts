/**
 * Calls a method of `$.baton` through evalScript. A dialog in Premiere blocks the answer for ever, so every call has a
 * deadline, and after a missed one the next call first asks whether Premiere is back.
 */
import type { Listen } from './watch.ts';
import { HostError, openEnvelope, within } from '../call.ts';

/** CEP's evalScript: the value of the code's last expression as text, or "EvalScript error.". */
export interface Transport {
  evalScript(code: string): Promise<string>;
  /** Hears the events that scripts dispatch; absent where there are none. */
  listen?: Listen;
}

export interface SendOptions {
  /** Milliseconds a call that only reads may take, and one that writes. */
  readMs: number;
  writeMs: number;
  /** Milliseconds Premiere gets to say that it is back after a missed deadline. */
  wakeMs: number;
}

export type Send = (method: string, argument: unknown, kind?: 'read' | 'write') => Promise<unknown>;

const waiting = 'Premiere is waiting for you: close the dialog it shows, then try again.';

/** A JavaScript literal that ES3 reads: JSON but for U+2028 and U+2029, which end a line there. */
export function es3Literal(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
}

export function sender(transport: Transport, options: SendOptions): Send {
  let stuck = false;
  return async (method, argument, kind = 'read') => {
    if (stuck) {
      await within(transport.evalScript('1'), { method, ms: options.wakeMs, message: waiting }).catch(() => {
        throw new HostError('busy', method, waiting);
      });
      stuck = false;
    }
    const code = `$.baton && $.baton.${method} ? $.baton.${method}(${es3Literal(argument)}) : "no such method"`;
    const ms = kind === 'write' ? options.writeMs : options.readMs;
    const answer = await within(transport.evalScript(code), { method, ms, message: waiting }).catch(
      (error: unknown) => {
        stuck = error instanceof HostError && error.code === 'timeout';
        throw error;
      },
    );
    if (answer === 'no such method') {
      const message = `Baton's own code in Premiere has no "${method}": close the panel and open it again.`;
      throw new HostError('unknown-method', method, message);
    }
    if (answer === 'EvalScript error.') {
      throw new HostError(
        'host-threw',
        method,
        `Premiere could not run Baton's request (${method}) and gives no reason.`,
      );
    }
    return openEnvelope(method, answer);
  };
}
