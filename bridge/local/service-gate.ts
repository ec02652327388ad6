/**
 * Who may ask the loopback service: this machine's browser, at exactly its own origin, with the page's token; or a program of this
 * user that read the plugin's token from the file, with no origin. The rules stop pages of other sites (Origin), names that were
 * made to point at 127.0.0.1 (Host), and other users of this machine (token).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { TOKEN_HEADER } from '../loopback.ts';

export interface Gate {
  /** `127.0.0.1:4000`: the only Host there is. */
  host: string;
  /** The page's, from the printed address: good only from our own origin. */
  token: string;
  /** The one in the file; what it opens is another set of methods. */
  pluginToken: string;
  mostBytes: number;
}

/** Whose methods are asked for; files of the panel are everybody's. */
export type Door = 'page' | 'plugin';

export interface Caller {
  /** No query, still percent-encoded. */
  path: string;
  door: Door;
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

/** What is asked for and by whom, where the caller may ask for it; else throws Denied. */
export function checkCaller(request: IncomingMessage, gate: Gate): Caller {
  if (request.headers.host !== gate.host)
    throw new Denied(403, 'wrong-host', `this service answers to http://${gate.host} only`);
  const path = (request.url ?? '/').split('?', 1)[0]!;
  const { origin } = request.headers;
  // A browser says where every call from another site comes from, and a page cannot leave that out. No other origin is ever let in.
  const foreign = origin !== undefined && origin !== `http://${gate.host}`;
  if (!path.startsWith('/api/')) {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new Denied(405, 'wrong-method', 'the panel is read with GET', 'GET, HEAD');
    if (foreign) throw new Denied(403, 'wrong-origin', 'the panel is for its own page only');
    return { path, door: 'page' };
  }
  if (request.method !== 'POST')
    throw new Denied(405, 'wrong-method', 'methods are called with POST', 'POST');
  if (foreign)
    throw new Denied(
      403,
      'wrong-origin',
      `only the panel served here may call; this call names the origin "${origin.slice(0, 100)}"`,
    );
  const door = doorOf(request.headers[TOKEN_HEADER], gate);
  if (door === null)
    throw new Denied(
      401,
      'wrong-token',
      "the token is missing or not this service's: open the address baton serve printed",
    );
  if (door === 'page' && origin === undefined)
    throw new Denied(403, 'wrong-origin', 'the token of the printed address is for its own page only');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Denied(415, 'wrong-type', 'calls are application/json');
  return { path, door };
}

function doorOf(token: unknown, gate: Gate): Door | null {
  if (typeof token !== 'string') return null;
  const [page, plugin] = [sameSecret(token, gate.token), sameSecret(token, gate.pluginToken)];
  if (page) return 'page';
  return plugin ? 'plugin' : null;
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
