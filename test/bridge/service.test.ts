/** The loopback service lets in its own page with its own token, for its own folder, and nothing else. */
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CutRequest } from '../../bridge/desk.ts';
import type { Service } from '../../bridge/local/service.ts';
import { TOKEN_HEADER, tokenIn } from '../../bridge/loopback.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

let fixture: ServiceFixture;
let base: string;
let service: Service;
let manifest: string;
let asked: unknown[][];

beforeAll(async () => {
  fixture = await startFixture();
  ({ base, service, manifest, asked } = fixture);
});

afterAll(() => fixture.end());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Node's own client, because fetch would neither forge a Host nor keep `..` in a path. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest(
      { host: '127.0.0.1', port: service.port, path, method, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const good = () => ({
  origin: service.origin,
  'content-type': 'application/json',
  [TOKEN_HEADER]: service.token,
});

function call(method: string, args: unknown[], headers: Record<string, string> = good()) {
  return ask(`/api/${method}`, { method: 'POST', headers, body: JSON.stringify({ args }) });
}

function code(answer: Answer): string {
  return (JSON.parse(answer.text) as { error: { code: string } }).error.code;
}

const cutRequest = {
  cutList: { kind: 'cutlist', name: 'CUT', tracks: [] },
  formats: ['edl'],
  lock: false,
  losses: [],
} as unknown as CutRequest;

describe('who may call', () => {
  it('the page with the token, from its own origin, is answered', async () => {
    const answer = await call('service/manifests', []);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ ok: true, value: [manifest] });
  });

  it('the token stands in the fragment of the address, and nowhere else in it', () => {
    const url = new URL(service.url);
    expect(tokenIn(url.hash)).toBe(service.token);
    expect(service.token.length).toBeGreaterThanOrEqual(43);
    expect(url.search).toBe('');
    expect(url.hostname).toBe('127.0.0.1');
  });

  it('a call without a token is refused', async () => {
    const { [TOKEN_HEADER]: _token, ...rest } = good();
    const answer = await call('desk/open', [manifest], rest);
    expect([answer.status, code(answer)]).toEqual([401, 'wrong-token']);
  });

  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(2000)])('the wrong token %j is refused', async (token) => {
    const answer = await call('desk/open', [manifest], { ...good(), [TOKEN_HEADER]: token });
    expect([answer.status, code(answer)]).toEqual([401, 'wrong-token']);
  });

  it('a call from another origin, or from none, is refused though it has the token', async () => {
    const { origin, ...none } = good();
    for (const other of [
      'http://evil.example',
      'null',
      `${origin}.evil.example`,
      origin.replace('127.0.0.1', 'localhost'),
    ]) {
      const answer = await call('desk/open', [manifest], { ...good(), origin: other });
      expect([other, answer.status, code(answer)]).toEqual([other, 403, 'wrong-origin']);
    }
    expect((await call('desk/open', [manifest], none)).status).toBe(403);
  });

  it('a name that was made to point at 127.0.0.1 is refused, for the API and for the page', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${service.port}`,
      `localhost:${service.port}`,
      '127.0.0.1',
    ]) {
      const answer = await call('desk/open', [manifest], { ...good(), host });
      expect([host, answer.status, code(answer)]).toEqual([host, 403, 'wrong-host']);
      expect((await ask('/', { headers: { host } })).status).toBe(403);
    }
  });

  it('a method is called with POST and JSON only', async () => {
    expect((await ask('/api/desk/open', { headers: good() })).status).toBe(405);
    expect((await ask('/api/desk/open', { method: 'OPTIONS', headers: good() })).status).toBe(405);
    const answer = await call('desk/open', [manifest], { ...good(), 'content-type': 'text/plain' });
    expect([answer.status, code(answer)]).toEqual([415, 'wrong-type']);
  });

  it('nothing it answers allows another origin to read it', async () => {
    for (const answer of [await ask('/'), await call('service/manifests', []), await call('no/such', [])]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });
});

describe('what may be asked', () => {
  it('a body over the limit is refused, whether announced or streamed', async () => {
    const long = 'x'.repeat(5000);
    const announced = await call('desk/open', [long], { ...good(), 'content-length': String(5000 + 14) });
    expect([announced.status, code(announced)]).toEqual([413, 'too-large']);
    const streamed = await call('desk/open', [long], { ...good(), 'transfer-encoding': 'chunked' });
    expect([streamed.status, code(streamed)]).toEqual([413, 'too-large']);
  });

  it.each(['not json', '[]', '{}', '{"args":{}}', 'null'])('the body %j is refused', async (body) => {
    const answer = await ask('/api/desk/open', { method: 'POST', headers: good(), body });
    expect(answer.status).toBe(400);
  });

  it.each(['desk/constructor', 'desk/__proto__', 'editor/toString', 'desk', 'desk/open/more', 'DESK/OPEN'])(
    '%s is no method',
    async (method) => {
      const answer = await call(method, [manifest]);
      expect([answer.status, code(answer)]).toEqual([404, 'unknown-method']);
    },
  );

  it('a manifest outside the served folder is refused and the desk never hears of it', async () => {
    const before = asked.length;
    const outside = [
      join(base, 'secret.json'),
      join(base, 'shoot-2', 'handoff.json'),
      `${base}/shoot/../secret.json`,
      join(base, 'shoot', 'link.json'),
      join(base, 'shoot', 'dangling', 'handoff.json'),
      base,
      '/etc/passwd',
      'handoff.json',
      `${manifest}\0.json`,
    ];
    for (const path of outside)
      for (const [method, more] of [
        ['desk/open', []],
        ['desk/record', [{ kind: 'import', at: '2026-01-01T00:00:00Z' }]],
        ['desk/writeCut', [cutRequest]],
      ] as const) {
        const answer = await call(method, [path, ...more]);
        expect([path, answer.status, code(answer)]).toEqual([path, 403, 'outside-folder']);
      }
    expect(asked.length).toBe(before);
  });

  it('a cut is written inside the served folder only', async () => {
    const away = await call('desk/writeCut', [manifest, { ...cutRequest, out: base }]);
    expect(code(away)).toBe('outside-folder');
    const named = await call('desk/writeCut', [manifest, { ...cutRequest, name: '../../cut' }]);
    expect(code(named)).toBe('bad-arguments');
    const witness = await call('editor/exportInterchange', ['seq', join(base, 'away.otio')]);
    expect(code(witness)).toBe('outside-folder');
    const inside = await call('desk/writeCut', [
      manifest,
      { ...cutRequest, out: join(base, 'shoot', 'cuts', 'new') },
    ]);
    expect(inside.status).toBe(200);
  });

  it('arguments of the wrong kind are named, not passed on', async () => {
    const before = asked.length;
    for (const [method, args] of [
      ['desk/open', []],
      ['desk/open', [1]],
      ['desk/record', [manifest, { kind: 1 }]],
      ['editor/apply', [[{ id: 1 }]]],
      ['editor/sequence', [{}]],
    ] as const) {
      const answer = await call(method, [...args]);
      expect([method, answer.status, code(answer)]).toEqual([method, 400, 'bad-arguments']);
    }
    expect(asked.length).toBe(before);
  });
});

describe('the page', () => {
  it('the panel is served with a policy that lets no inline script run', async () => {
    const answer = await ask('/');
    expect(answer.status).toBe(200);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-inline');
    const nonce = /name="csp-nonce" content="([^"]+)"/.exec(answer.text)![1]!;
    expect(policy).toContain(`'nonce-${nonce}'`);
    expect((await ask('/')).text).not.toContain(nonce);
  });

  it("a script has its type, and a file that is not the panel's is not there", async () => {
    expect((await ask('/panel.js')).headers['content-type']).toContain('text/javascript');
    for (const path of [
      '/../secret.json',
      '/..%2fsecret.json',
      '/%2e%2e/secret.json',
      '//etc/passwd',
      '/....//secret.json',
      '/panel.js/..',
      '/constructor',
      '/secret.json',
      `/${join(base, 'secret.json')}`,
    ]) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('"secret"');
    }
  });
});
