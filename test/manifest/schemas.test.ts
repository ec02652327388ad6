import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HandoffSchema } from '../../manifest/documents/handoff.ts';
import {
  ProjectSnapshotSchema,
  ReceiptSchema,
  SequenceSnapshotSchema,
} from '../../manifest/documents/schemas.ts';
import { parseHandoff } from '../../manifest/readers/handoff.ts';
import { upgrade } from '../../manifest/versions.ts';
import { handoffHash } from '../../manifest/canonical.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

const PUBLISHED = {
  handoff: HandoffSchema,
  project: ProjectSnapshotSchema,
  sequence: SequenceSnapshotSchema,
  receipt: ReceiptSchema,
};

// Published anew with: npx vitest run test/manifest/schemas.test.ts -u
describe.each(Object.entries(PUBLISHED))('manifest/%s.schema.json', (name, schema: z.ZodType) => {
  it('is what the door checks', async () => {
    const published = `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
    await expect(published).toMatchFileSnapshot(`../../manifest/${name}.schema.json`);
  });

  it('leaves room for fields it does not know', () => {
    const { additionalProperties } = z.toJSONSchema(schema, { io: 'input' });
    expect(additionalProperties).not.toBe(false);
  });
});

describe('versions', () => {
  it('an older manifest is lifted step by step, in order', () => {
    const steps = [
      (document: Record<string, unknown>) => ({ ...document, two: true }),
      (document: Record<string, unknown>) => ({ ...document, three: document['two'] === true }),
    ];
    expect(upgrade({ version: 1 }, steps, 3)).toEqual({
      ok: true,
      document: { version: 3, two: true, three: true },
    });
    expect(upgrade({ version: 2, two: true }, steps, 3)).toEqual({
      ok: true,
      document: { version: 3, two: true, three: true },
    });
  });

  it('a newer one is refused with what to do', () => {
    expect(upgrade({ version: 4 }, [], 1)).toMatchObject({
      ok: false,
      fix: expect.stringContaining('update Baton'),
    });
  });
});

describe('the hash of the delivery', () => {
  const document = handoff([picture({ path: 'a.mov' })]);

  it('is not changed by history, revision, sign-off or the order of keys', () => {
    const signed = {
      ...document,
      revision: 9,
      history: [{ kind: 'cut', at: 'now' }],
      signOff: { by: 'Ada', at: 'now', hash: 'x' },
    };
    expect(handoffHash(signed)).toBe(handoffHash(document));
    expect(handoffHash(Object.fromEntries(Object.entries(document).reverse()) as typeof document)).toBe(
      handoffHash(document),
    );
  });

  it('is changed by anything else, fields nobody knows included', () => {
    const other = { ...document, clips: [{ ...document.clips[0]!, mood: 'blue' }] };
    expect(handoffHash(other)).not.toBe(handoffHash(document));
  });

  it('is the SHA-256 of RFC 8785 canonical JSON', () => {
    // Worked out by hand: keys sorted, no spaces, then sha256sum.
    const bare = { ...handoff([]), rate: { num: 25, den: 1, drop: false } };
    expect(handoffHash(bare)).toBe('ce130b5f34374ed7170872aec7f93a63bc9c2c19978c91d4ac4bd18dd42bcb87');
  });
});

it('unknown fields pass the door at every level', () => {
  const document = JSON.parse(JSON.stringify(handoff([picture({ path: 'a.mov' })])));
  document.weather = 'rain';
  document.clips[0].mood = 'blue';
  document.clips[0].tech.lens = '35mm';
  document.clips[0].tech.rate.source = 'slate';
  document.clips[0].identity.unit = 'second';
  document.production.code = 'HL';
  expect(parseHandoff(JSON.stringify(document)).value).toEqual(document);
});

it('a hundred of the same mistake are enough, and the rest are counted', () => {
  const clips = Array.from({ length: 250 }, (_, index) => ({ ...picture({ path: `${index}` }), size: -1 }));
  const { issues } = parseHandoff(JSON.stringify(handoff(clips)));
  expect(issues).toHaveLength(101);
  expect(issues[100]!.message).toContain('150 more');
  expect(issues[3]!.at).toBe('clips[3].size (3)');
});
