/**
 * The wire to an editor's engine: an envelope round every call, a timeout, and the only errors Baton throws across it.
 */

export type HostErrorCode = 'host-threw' | 'timeout' | 'unknown-method' | 'not-open' | 'refused' | 'busy';

const codes: HostErrorCode[] = ['host-threw', 'timeout', 'unknown-method', 'not-open', 'refused', 'busy'];

/** The wire failed. What a person's project causes is a value, not this. */
export class HostError extends Error {
  readonly code: HostErrorCode;
  readonly method: string;
  constructor(code: HostErrorCode, method: string, message: string) {
    super(message);
    this.name = 'HostError';
    this.code = code;
    this.method = method;
  }
}

/**
 * Opens the envelope an engine answers with, `{ok:true,value}` or `{ok:false,error:{code,message,line}}`.
 * Throws HostError for an error inside it (`host-threw` where its code is not one of ours) and for a text that is no envelope.
 */
export function openEnvelope(method: string, text: string): unknown {
  const envelope = parse(text);
  if (envelope?.['ok'] === true && 'value' in envelope) return envelope['value'];
  const error = record(envelope?.['ok'] === false ? envelope['error'] : null);
  if (!error) {
    const said = text.length > 120 ? `${text.slice(0, 120)}…` : text;
    throw new HostError(
      'host-threw',
      method,
      `The editor answered ${method} with something Baton cannot read: ${said}`,
    );
  }
  const code = codes.find((known) => known === error['code']) ?? 'host-threw';
  const line = typeof error['line'] === 'number' && error['line'] > 0 ? ` (line ${error['line']})` : '';
  throw new HostError(code, method, `${String(error['message'])}${code === 'host-threw' ? line : ''}`);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return record(JSON.parse(text));
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

export interface Deadline {
  method: string;
  /** Milliseconds. */
  ms: number;
  /** What the person is told: what to do, not what failed. */
  message: string;
}

/** The answer, or HostError `timeout` once the deadline passes; a late answer is left to whoever else holds the promise. */
export async function within<T>(answer: Promise<T>, deadline: Deadline): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new HostError('timeout', deadline.method, deadline.message)),
      deadline.ms,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
