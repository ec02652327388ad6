/** The file by which a plugin finds the service: for the user alone, fresh while the service runs, gone with it, cleared when it was killed. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaveServiceFile } from '../../bridge/local/service-file.ts';
import { ownerTag, thisOwner } from '../../bridge/local/owner.ts';
import { isFresh, readServiceFile, SERVE_PORTS, STALE_AFTER } from '../../bridge/service-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'baton-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const token = 'a'.repeat(43);
const proof = 'p'.repeat(43);
const origin = 'http://127.0.0.1:27480';
const folder = () => join(home, '.baton', 'serve');
const posix = process.platform !== 'win32';

describe('what a service leaves', () => {
  it.runIf(posix)('can be read by the user alone, whatever the mask, and so can its folder', async () => {
    const mask = process.umask(0);
    try {
      const { path, remove } = await leaveServiceFile({ origin, token, proof }, home);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(folder()).mode & 0o777).toBe(0o700);
      await remove();
    } finally {
      process.umask(mask);
    }
  });

  it.runIf(posix)('closes a folder that was open to others', async () => {
    mkdirSync(folder(), { recursive: true });
    chmodSync(folder(), 0o777);
    const { remove } = await leaveServiceFile({ origin, token, proof }, home);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    await remove();
  });

  it.runIf(posix)('is not left through a link to another place', async () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(join(home, '.baton'));
    symlinkSync(elsewhere, folder());
    await expect(leaveServiceFile({ origin, token, proof }, home)).rejects.toThrow(
      /not a folder of this user/,
    );
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('says where the service is, and is gone when it is removed', async () => {
    const { path, remove } = await leaveServiceFile({ origin, token, proof }, home);
    expect(readServiceFile(readFileSync(path, 'utf8'))).toEqual({
      kind: 'baton-service',
      version: 1,
      origin,
      token,
      proof,
    });
    expect(isFresh(statSync(path).mtimeMs, Date.now())).toBe(true);
    await remove();
    expect(readdirSync(folder())).toEqual([]);
  });

  it('two services of one user each have their own', async () => {
    const [a, b] = [
      await leaveServiceFile({ origin, token, proof }, home),
      await leaveServiceFile({ origin, token, proof }, home),
    ];
    expect(readdirSync(folder())).toHaveLength(2);
    await a.remove();
    expect([existsSync(a.path), existsSync(b.path)]).toEqual([false, true]);
    await b.remove();
  });

  it('what a killed service left is cleared by the next, what is not ours or still runs stays', async () => {
    mkdirSync(folder(), { recursive: true });
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const dead = join(folder(), `${ownerTag({ ...thisOwner(), pid, start: '1' })}.0badcafe.json`);
    const alive = join(folder(), `${ownerTag(thisOwner())}.0badcafe.json`);
    const elsewhere = join(folder(), `${ownerTag({ ...thisOwner(), machine: '00000000' })}.0badcafe.json`);
    const foreign = join(folder(), 'notes.json');
    for (const path of [dead, alive, elsewhere, foreign]) writeFileSync(path, '{}');
    const { remove } = await leaveServiceFile({ origin, token, proof }, home);
    expect([dead, alive, elsewhere, foreign].map((path) => existsSync(path))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    await remove();
  });
});

describe('what a plugin takes for one', () => {
  const file = (more: object) =>
    JSON.stringify({ kind: 'baton-service', version: 1, origin, token, proof, ...more });

  it.each([
    '',
    'null',
    '[]',
    file({}).slice(0, -1),
    file({ version: 2 }),
    file({ kind: 'x' }),
    file({ origin: 'http://127.0.0.1:27480/' }),
    file({ origin: 'http://127.0.0.1.evil.example:80' }),
    file({ origin: 'http://localhost:27480' }),
    file({ origin: 'https://evil.example' }),
    file({ origin: `http://127.0.0.1:27480@evil.example` }),
    file({ token: '' }),
    file({ token: `${token}\r\nx: y` }),
    file({ token: 7 }),
    file({ proof: undefined }),
    file({ proof: 'p' }),
  ])('%s is none', (text) => {
    expect(readServiceFile(text)).toBeNull();
  });

  it('one that nobody touched for a while is of a service that died, and one from the future too', () => {
    const now = Date.now();
    expect([0, -STALE_AFTER, STALE_AFTER].map((past) => isFresh(now - past, now))).toEqual([
      true,
      true,
      true,
    ]);
    expect([STALE_AFTER + 1, -STALE_AFTER - 1].map((past) => isFresh(now - past, now))).toEqual([
      false,
      false,
    ]);
  });

  it('the ports lie where no system gives them away by itself', () => {
    expect(new Set(SERVE_PORTS).size).toBe(16);
    for (const port of SERVE_PORTS) expect(port > 1023 && port < 32_768).toBe(true);
  });
});
