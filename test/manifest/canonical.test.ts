import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, handoffHash, sameDelivery } from '../../manifest/canonical.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

const copy = <Thing>(thing: Thing) => JSON.parse(JSON.stringify(thing)) as Thing;

describe('canonical JSON', () => {
  it('is what canonicalize, the reference for RFC 8785, writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('puts keys that look like numbers where their letters belong', () => {
    expect(canonicalJson({ b: 1, '10': 2, '9': 3, a: { '1': [] } })).toBe(
      '{"10":2,"9":3,"a":{"1":[]},"b":1}',
    );
  });

  it('leaves out fields without a value', () => {
    expect(canonicalJson({ b: undefined, a: [1.0, 'ä\n'] })).toBe('{"a":[1,"ä\\n"]}');
  });
});

describe('the same delivery', () => {
  const document = handoff([picture({ path: 'a.mov', tc: '10:00:00:00' }), picture({ path: 'b.mov' })]);

  it('is one whose hash is the same', () => {
    const keys = fc.constantFrom<keyof Handoff>(
      'clips',
      'history',
      'revision',
      'rate',
      'note',
      'log',
      'shootDays',
    );
    fc.assert(
      fc.property(keys, fc.jsonValue(), (key, value) => {
        const other = { ...copy(document), [key]: value };
        expect(sameDelivery(document, other as Handoff)).toBe(
          handoffHash(document) === handoffHash(other as Handoff),
        );
      }),
    );
  });

  it('asks neither for history, revision and sign-off, nor for the order of fields', () => {
    const turned = Object.fromEntries(Object.entries(copy(document)).reverse()) as Handoff;
    expect(sameDelivery(document, { ...turned, revision: 9, history: [{ kind: 'x', at: 'y' }] })).toBe(true);
    const changed = copy(document);
    changed.clips[0]!.tech.startTc = '10:00:00:01';
    expect(sameDelivery(document, changed)).toBe(false);
    delete changed.clips[0]!.tech.startTc;
    expect([sameDelivery(document, changed), sameDelivery(changed, document)]).toEqual([false, false]);
  });
});
