/** The manifest on the disk: reading that never throws, writing that never loses. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { appendHistory, createHandoff, readHandoff, updateHandoff } from '../../bridge/local/store.ts';
import { someHandoff } from './store-documents.ts';
import { folder, race, start } from './store-processes.ts';

/** A manifest on the disk, as a person could have written it. */
function placed(handoff: Handoff | string = { ...someHandoff(), revision: 1 }): string {
  const path = join(folder(), 'handoff.json');
  writeFileSync(path, typeof handoff === 'string' ? handoff : JSON.stringify(handoff));
  return path;
}

const record = (number: number) => ({ kind: 'test', at: '2026-03-02T08:00:00Z', number });
const codes = async (path: string) => (await readHandoff(path)).issues.map((issue) => issue.code);

describe('reading', () => {
  test('a manifest is read with or without a byte-order mark, and in the UTF-16 of Notepad', async () => {
    const text = JSON.stringify(someHandoff());
    expect((await readHandoff(placed(text))).handoff).toEqual(someHandoff());
    expect((await readHandoff(placed(`\uFEFF${text}`))).handoff).toEqual(someHandoff());
    const wide = placed();
    writeFileSync(wide, Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect((await readHandoff(wide)).handoff).toEqual(someHandoff());
  });

  test('a missing file, a folder, bytes that are no text and a file of 513 MB are issues', async () => {
    const place = folder();
    expect(await codes(join(place, 'handoff.json'))).toEqual(['manifest-missing']);
    expect(await codes(join(place, 'no', 'handoff.json'))).toEqual(['manifest-missing']);
    expect(await codes(place)).toEqual(['manifest-unreadable']);
    const path = placed();
    writeFileSync(path, Buffer.from([0x7b, 0x22, 0xe4, 0x22, 0x7d]));
    expect(await codes(path)).toEqual(['manifest-unreadable']);
    truncateSync(path, 513_000_000);
    const { handoff, issues } = await readHandoff(path);
    expect(handoff).toBe(null);
    expect(issues).toMatchObject([
      { code: 'manifest-unreadable', severity: 'error', message: expect.stringContaining('513000000') },
    ]);
    rmSync(path);
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe with the name of a manifest is not waited for',
    async () => {
      const path = join(folder(), 'handoff.json');
      execFileSync('mkfifo', [path]);
      expect(await codes(path)).toEqual(['manifest-unreadable']);
    },
  );

  test('writes nothing, not even the state folder', async () => {
    const path = placed();
    await readHandoff(path);
    expect(readdirSync(join(path, '..'))).toEqual(['handoff.json']);
  });
});

describe('updating', () => {
  test('counts the revision, indents by two, ends with a newline, keeps the order of keys', async () => {
    const path = placed({ ...someHandoff(), revision: 41 });
    const next = await updateHandoff(path, (handoff) => ({
      weather: 'rain',
      ...handoff,
      note: { text: 'late' },
    }));
    expect(next.revision).toBe(42);
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('{\n  "weather": "rain",\n  "kind": "handoff",\n  "version": 1,\n')).toBe(true);
    expect(text.endsWith('  "note": {\n    "text": "late"\n  }\n}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(next);
  });

  test('fields of a later Baton survive at every depth', async () => {
    const later = {
      ...someHandoff(),
      weather: { rain: [1, 2], é: null },
      production: { title: 'Nachtzug', budget: '3 €' },
      roots: [{ name: 'media', colour: 'red' }],
      history: [{ ...record(0), mood: { good: true } }],
    };
    const path = placed(later as Handoff);
    await appendHistory(path, record(1));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      ...later,
      revision: 1,
      history: [...later.history, record(1)],
    });
  });

  test('a change that changes nothing writes nothing', async () => {
    const path = placed();
    const before = statSync(path, { bigint: true });
    expect((await updateHandoff(path, (handoff) => handoff)).revision).toBe(1);
    const after = statSync(path, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  test('the previous revision is kept byte for byte', async () => {
    const path = placed(`  ${JSON.stringify({ ...someHandoff(), revision: 1 })}  `);
    const before = readFileSync(path, 'utf8');
    const previous = join(path, '..', '.baton', 'handoff.json.previous');
    await appendHistory(path, record(1));
    expect(readFileSync(previous, 'utf8')).toBe(before);
    const second = readFileSync(path, 'utf8');
    await appendHistory(path, record(2));
    expect(readFileSync(previous, 'utf8')).toBe(second);
    expect(readdirSync(join(path, '..')).sort()).toEqual(['.baton', 'handoff.json']);
    expect(readdirSync(join(path, '..', '.baton')).sort()).toEqual([
      'handoff.json.lock',
      'handoff.json.previous',
    ]);
  });

  test('a manifest that cannot be read is left as it is', async () => {
    const broken = JSON.stringify({ ...someHandoff(), clips: [{ id: 'a' }] });
    for (const [text, code] of [
      ['{ "kind": ', 'manifest-invalid'],
      [broken, 'manifest-invalid'],
      ['\xe4', 'manifest-invalid'],
    ] as const) {
      const path = placed(text);
      await expect(appendHistory(path, record(1))).rejects.toMatchObject({ name: 'StoreError', code });
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  test('a manifest that is not there is named, and no folder is made for it', async () => {
    const place = folder();
    await expect(appendHistory(join(place, 'handof.json'), record(1))).rejects.toMatchObject({
      code: 'manifest-missing',
    });
    expect(readdirSync(place)).toEqual([]);
  });

  test('a change that throws leaves the manifest and frees the lock', async () => {
    const path = placed();
    const fail = () => {
      throw new Error('mine');
    };
    await expect(updateHandoff(path, fail)).rejects.toThrow('mine');
    expect((await appendHistory(path, record(1))).revision).toBe(2);
  });

  test('what another program saved meanwhile is not lost', async () => {
    const path = placed();
    let calls = 0;
    const next = await updateHandoff(path, (handoff) => {
      if (++calls === 1)
        writeFileSync(path, JSON.stringify({ ...handoff, production: { title: 'By hand' } }));
      return { ...handoff, history: [record(1)] };
    });
    expect(calls).toBe(2);
    expect(next).toMatchObject({ production: { title: 'By hand' }, history: [record(1)] });
    expect((await readHandoff(path)).handoff).toEqual(next);
  });

  test('a program that never stops saving is an error, not an endless loop', async () => {
    const path = placed();
    let title = '';
    const change = (handoff: Handoff) => {
      writeFileSync(path, JSON.stringify({ ...handoff, production: { title: (title += 'x') } }));
      return { ...handoff, history: [record(1)] };
    };
    await expect(updateHandoff(path, change)).rejects.toMatchObject({ code: 'changing' });
    expect((await readHandoff(path)).handoff?.production.title).toBe(title);
  });

  test('a hundred writers in one process lose nothing', async () => {
    const path = placed();
    await Promise.all(Array.from({ length: 100 }, (_, number) => appendHistory(path, record(number))));
    const { handoff } = await readHandoff(path);
    expect(handoff?.revision).toBe(101);
    expect(new Set(handoff?.history.map((each) => each['number'])).size).toBe(100);
  });
});

describe('creating', () => {
  test('the first write is revision 1, and the second is refused', async () => {
    const path = join(folder(), 'handoff.json');
    expect((await createHandoff(path, someHandoff())).revision).toBe(1);
    await expect(createHandoff(path, someHandoff())).rejects.toMatchObject({ code: 'exists' });
    expect((await readHandoff(path)).handoff).toEqual({ ...someHandoff(), revision: 1 });
  });

  test('of four processes that create one manifest, one does', async () => {
    const path = join(folder(), 'handoff.json');
    const children = await race(
      path,
      ['a', 'b', 'c', 'd'].map((title) => ['create', path, title]),
    );
    expect(children.map((child) => child.lines[1]!.slice(0, 17)).sort()).toEqual([
      ...Array(3).fill('StoreError exists'),
      'won',
    ]);
    const winner = children.findIndex((child) => child.lines.includes('won'));
    expect((await readHandoff(path)).handoff?.production.title).toBe('abcd'[winner]);
  });
});

describe('a folder that may not be written', () => {
  // Root may write anywhere, so the writer becomes another user where the tests run as root.
  const root = process.getuid?.() === 0;
  const nobody = root ? { uid: 65534, gid: 65534 } : {};

  test.skipIf(process.platform === 'win32')('says so, and leaves the manifest', async () => {
    const path = placed();
    const place = join(path, '..');
    for (const each of [place, join(place, '..'), join(place, '..', '..')])
      if (root) chmodSync(each, statSync(each).mode | 0o055);
    const before = readFileSync(path);
    chmodSync(place, 0o555);
    const child = await start(['append', path, '1', 'x'], nobody);
    expect(await child.gone).toBe(2);
    expect(child.lines).toHaveLength(1);
    expect(child.lines[0]).toContain(
      `StoreError not-writable: ${join(place, '.baton')} cannot be made: this user may not write there`,
    );
    chmodSync(place, 0o755);
    mkdirSync(join(place, '.baton'));
    chmodSync(join(place, '.baton'), 0o777);
    chmodSync(place, 0o555);
    const second = await start(['append', path, '1', 'x'], nobody);
    expect(await second.gone).toBe(2);
    expect(second.lines[0]).toContain(`StoreError not-writable: ${path} cannot be written`);
    chmodSync(place, 0o755);
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(place).sort()).toEqual(['.baton', 'handoff.json']);
    expect(existsSync(join(place, '.baton', 'handoff.json.lock'))).toBe(true);
  });
});
