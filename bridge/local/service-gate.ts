/**
 * Who may ask the loopback service: this machine's browser, at exactly its own origin, with the token. The rules stop pages
 * of other sites (Origin), names that were made to point at 127.0.0.1 (Host), and other users of this machine (token).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { TOKEN_HEADER } from '../loopback.ts';

export interface Gate {
  /** `127.0.0.1:4000`: the only Host there is. */
  host: string;
  token: string;
  mostBytes: number;
}

/** A request that is not let in, with its HTTP status and the envelope's code. */
export class Denied extends Error {
  readonly status: number;
  readonly code: string;
  readonly allow?: string;
  constructor(status: number, code: string, message: string, allow?: string) {
    super(message);
    this.name = 'Denied';
    this.status = status;
    this.code = code;
    if (allow) this.allow = allow;
  }
}

/** The path asked for (no query, still percent-encoded), where the caller may ask for it; else throws Denied. */
export function checkCaller(request: IncomingMessage, gate: Gate): string {
  if (request.headers.host !== gate.host)
    throw new Denied(403, 'wrong-host', `this service answers to http://${gate.host} only`);
  const path = (request.url ?? '/').split('?', 1)[0]!;
  const { origin } = request.headers;
  const ours = `http://${gate.host}`;
  if (!path.startsWith('/api/')) {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new Denied(405, 'wrong-method', 'the panel is read with GET', 'GET, HEAD');
    if (origin !== undefined && origin !== ours)
      throw new Denied(403, 'wrong-origin', 'the panel is for its own page only');
    return path;
  }
  if (request.method !== 'POST')
    throw new Denied(405, 'wrong-method', 'methods are called with POST', 'POST');
  if (origin !== ours) throw new Denied(403, 'wrong-origin', 'only the panel served here may call');
  const token = request.headers[TOKEN_HEADER];
  if (typeof token !== 'string' || !sameSecret(token, gate.token))
    throw new Denied(
      401,
      'wrong-token',
      "the token is missing or not this service's: open the address baton serve printed",
    );
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Denied(415, 'wrong-type', 'calls are application/json');
  return path;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares digests, so that neither the time taken nor a difference in length tells anything about the secret. */
function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

const Call = z.object({ args: z.array(z.unknown()) });

/** The arguments in a request's body; a body over the limit is refused as soon as it is, read or announced. */
export async function readArgs(request: IncomingMessage, mostBytes: number): Promise<unknown[]> {
  const tooLarge = () => new Denied(413, 'too-large', `a call may have ${mostBytes} bytes at most`);
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  let call: unknown;
  try {
    call = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Denied(400, 'not-json', 'the body of a call is JSON');
  }
  const read = Call.safeParse(call);
  if (!read.success) throw new Denied(400, 'not-a-call', 'the body of a call is {"args":[…]}');
  return read.data.args;
}

/** A call's arguments as `schema` has them. Throws Denied, with the place of the first that is wrong. */
export function take<Args extends z.ZodType>(schema: Args, args: unknown[]): z.infer<Args> {
  const read = schema.safeParse(args);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Denied(400, 'bad-arguments', `args.${issue!.path.join('.')}: ${issue!.message}`);
}
