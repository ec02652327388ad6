/**
 * The wire to an editor's engine: an envelope round every call, a timeout, and the only errors Baton throws across it.
 */

export type HostErrorCode = 'host-threw' | 'timeout' | 'unknown-method' | 'not-open' | 'refused' | 'busy';

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
