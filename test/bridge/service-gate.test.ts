/** Who the loopback service lets in: every Host, Origin and token that can come together, at both of its doors. */
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN_HEADER } from '../../bridge/loopback.ts';
import { version } from '../../package.json';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

let fixture: ServiceFixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.end());

/** Node's own client: fetch forges neither Host nor Origin. */
function post(method: string, args: unknown[], headers: Record<string, string | undefined>) {
  const { port } = fixture.service;
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise<{ status: number; code: string; message: string; value: unknown }>((resolve, reject) => {
    const asked = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path: `/api/${method}`,
        method: 'POST',
        headers: sent as Record<string, string>,
      },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => {
          const { ok, value, error } = JSON.parse(text) as {
            ok: boolean;
            value: unknown;
            error?: { code: string; message: string };
          };
          resolve({
            status: response.statusCode!,
            code: ok ? 'ok' : error!.code,
            message: error?.message ?? '',
            value,
          });
        });
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify({ args }));
  });
}

const HOSTS = ['ours', 'evil.example', 'localhost', '127.0.0.1', '[::1]'];
const ORIGINS = [
  'ours',
  'none',
  '',
  'null',
  'file://',
  'plugin://baton',
  'http://evil.example',
  'ours.evil',
  'two',
];
const TOKENS = ['page', 'plugin', 'wrong', 'none', 'empty', 'both'];

function headersOf(host: string, origin: string, token: string): Record<string, string | undefined> {
  const { service } = fixture;
  const origins: Record<string, string | undefined> = {
    ours: service.origin,
    none: undefined,
    'ours.evil': `${service.origin}.evil.example`,
    two: `${service.origin}, http://evil.example`,
  };
  const tokens: Record<string, string | undefined> = {
    page: service.token,
    plugin: service.pluginToken,
    wrong: 'x'.repeat(43),
    none: undefined,
    empty: '',
    both: `${service.token}, ${service.pluginToken}`,
  };
  return {
    host:
      host === 'ours' ? `127.0.0.1:${service.port}` : host === '127.0.0.1' ? host : `${host}:${service.port}`,
    origin: origin in origins ? origins[origin] : origin,
    'content-type': 'application/json',
    [TOKEN_HEADER]: tokens[token],
  };
}

/** The whole rule, said once more in words of its own. */
function expected(host: string, origin: string, token: string): string {
  if (host !== 'ours') return '403 wrong-host';
  if (origin !== 'ours' && origin !== 'none') return '403 wrong-origin';
  if (token !== 'page' && token !== 'plugin') return '401 wrong-token';
  if (token === 'page' && origin === 'none') return '403 wrong-origin';
  return '200 ok';
}

describe('every combination of Host, Origin and token', () => {
  const table = HOSTS.flatMap((host) =>
    ORIGINS.flatMap((origin) => TOKENS.map((token) => [host, origin, token] as const)),
  );

  it(`is answered as the rule says, ${table.length} of them, and three open the door`, async () => {
    const open: string[] = [];
    for (const [host, origin, token] of table) {
      const method = token === 'plugin' ? 'service/hello' : 'service/manifests';
      const answer = await post(method, [], headersOf(host, origin, token));
      const said = `${answer.status} ${answer.code}`;
      expect([host, origin, token, said]).toEqual([host, origin, token, expected(host, origin, token)]);
      if (said === '200 ok') open.push(`${host} ${origin} ${token}`);
    }
    expect(open).toEqual(['ours ours page', 'ours ours plugin', 'ours none plugin']);
  });

  it('a refused origin is named, so that a person can tell whose it was', async () => {
    const answer = await post('service/hello', [], headersOf('ours', 'plugin://baton', 'plugin'));
    expect(answer.message).toContain('"plugin://baton"');
  });

  it('the two tokens are not one', () => {
    const { token, pluginToken, pluginProof } = fixture.service;
    expect(pluginToken).toMatch(/^[\w-]{43}$/);
    expect(new Set([token, pluginToken, pluginProof]).size).toBe(3);
    for (const secret of [pluginToken, pluginProof]) expect(fixture.service.url).not.toContain(secret);
  });
});

describe("the plugin's door", () => {
  const plugin = (method: string, ...args: unknown[]) =>
    post(method, args, headersOf('ours', 'none', 'plugin'));
  const page = (method: string, ...args: unknown[]) => post(method, args, headersOf('ours', 'ours', 'page'));

  it('says which version it is, and opens the desk', async () => {
    expect((await plugin('service/hello')).value).toEqual({
      version,
      proof: fixture.service.pluginProof,
    });
    expect((await plugin('desk/open', fixture.manifest)).value).toMatchObject({ path: fixture.manifest });
  });

  it('has no editor, and no page has its methods', async () => {
    for (const method of ['editor/about', 'editor/apply', 'service/manifests', 'service/changes'])
      expect([method, (await plugin(method)).code]).toEqual([method, 'unknown-method']);
    for (const method of ['service/hello', 'service/admit'])
      expect([method, (await page(method, '/x.json')).code]).toEqual([method, 'unknown-method']);
  });

  it('reaches the folder of a manifest that was opened in the plugin, and no page does', async () => {
    const other = join(fixture.base, 'shoot-2', 'handoff.json');
    expect((await plugin('desk/open', other)).code).toBe('outside-folder');
    expect((await plugin('service/admit', other)).code).toBe('ok');
    expect((await plugin('desk/open', other)).value).toMatchObject({ path: other });
    expect((await page('desk/open', other)).code).toBe('outside-folder');
    expect((await plugin('desk/open', join(fixture.base, 'secret.json'))).code).toBe('outside-folder');
  });

  it('admits no path that is none of a manifest', async () => {
    for (const path of [
      'handoff.json',
      `${fixture.base}/shoot-2/../secret.json`,
      `${fixture.base}/shoot-2`,
      `${fixture.base}/nowhere/handoff.json`,
      `${fixture.base}/secret.json\0.json`,
      '',
    ])
      expect([path, (await plugin('service/admit', path)).code]).toEqual([path, 'refused']);
    expect((await plugin('service/admit', 7)).code).toBe('bad-arguments');
  });
});
