/**
 * UXP's own `fetch`, as far as it is known and where it is not as awkward as it may be: only what the plugin's manifest names,
 * perhaps by its port; an origin of UXP's choosing, perhaps over the caller's; no signal; one error for everything that fails.
 */
import { request } from 'node:http';
import { watched } from './promise.ts';

export interface StandinFetchOptions {
  /** `requiredPermissions.network.domains` of the manifest. */
  domains: readonly string[];
  /** Whether a domain without a port covers every port. */
  ports?: 'any' | 'exact';
  /** What it names as its origin by itself; null = nothing. */
  origin?: string | null;
  /** Whether an origin that the caller names is sent instead. */
  namesOrigin?: boolean;
}

export interface StandinFetch {
  fetch: typeof fetch;
  /** Addresses that were really called. */
  readonly called: string[];
}

export function standinFetch(options: StandinFetchOptions): StandinFetch {
  const called: string[] = [];
  const call = async (address: unknown, init: RequestInit = {}) => {
    const url = new URL(String(address));
    if (!allowed(url, options)) throw new TypeError('Permission denied to the url ' + url.href);
    called.push(url.href);
    const answer = await ask(url, init, headersOf(init, options));
    return {
      status: answer.status,
      ok: answer.status >= 200 && answer.status < 300,
      text: () => watched(Promise.resolve(answer.text)),
      json: () => watched(Promise.resolve(answer.text).then((text) => JSON.parse(text) as unknown)),
    };
  };
  return {
    fetch: ((address: unknown, init?: RequestInit) =>
      watched(call(address, init))) as unknown as typeof fetch,
    called,
  };
}

function allowed(url: URL, { domains, ports = 'any' }: StandinFetchOptions): boolean {
  return domains.some((domain) => {
    const named = new URL(domain);
    const same = named.protocol === url.protocol && named.hostname === url.hostname;
    return same && (named.port === url.port || (ports === 'any' && named.port === ''));
  });
}

/** A header that UXP keeps for itself is dropped in silence. */
function headersOf(init: RequestInit, { origin = null, namesOrigin = false }: StandinFetchOptions) {
  const { origin: named, ...rest } = (init.headers ?? {}) as Record<string, string>;
  const sent = namesOrigin && named !== undefined ? named : origin;
  return { ...rest, ...(sent === null ? {} : { origin: sent }) };
}

function ask(url: URL, { method = 'GET', body }: RequestInit, headers: Record<string, string>) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const failed = () => reject(new TypeError('Network request failed'));
    const sent = request(url, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', failed);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    sent.on('error', failed);
    sent.end(body === undefined || body === null ? undefined : String(body as string));
  });
}
