import { describe, expect, it } from 'vitest';
import { child, childText, readXml } from '../../manifest/xml/read.ts';

const read = (text: string) => readXml(text, 'cut.xml');

describe('order and place', () => {
  it('siblings keep their order, whatever their names', () => {
    const { root, issues } = read('<spine><clip/><gap/><clip/><transition/></spine>');
    expect(root!.children.map((each) => each.name)).toEqual(['clip', 'gap', 'clip', 'transition']);
    expect(issues).toEqual([]);
  });

  it('lines are counted, text and CDATA are joined, indentation is nothing', () => {
    const { root } = read('\uFEFF<a>\n  <b>one &amp; <![CDATA[<two>]]></b>\n</a>');
    expect(child(root!, 'b')!.line).toBe(2);
    expect(childText(root!, 'b')).toBe('one & <two>');
    expect(root!.text).toBe('');
  });
});

describe('hostile and broken text', () => {
  it('an entity that a document declares is not expanded, and nothing is fetched', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]><a>&y;</a>';
    const { root, issues } = read(bomb);
    expect(root!.text).not.toContain('root:');
    expect(issues.length).toBeGreaterThan(0);
  });

  it('a million levels end at the limit with an issue', () => {
    const { root, issues } = read('<a>'.repeat(1_000_000));
    expect(root!.name).toBe('a');
    expect(issues.some((issue) => issue.message.includes('more than 256 deep'))).toBe(true);
  });

  it('what stands before a fault is read, and the fault has its line', () => {
    const { root, issues } = read('<a>\n<b/>\n<c></d>\n</a>');
    expect(root!.children[0]!.name).toBe('b');
    expect(issues[0]).toMatchObject({ code: 'xml-broken', at: 'cut.xml line 3' });
  });

  it('__proto__ as an attribute is an attribute', () => {
    const { root } = read('<a __proto__="x" b="y"/>');
    expect(root!.attributes['b']).toBe('y');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('text that is no XML has no root', () => {
    expect(read('TITLE: x').root).toBeNull();
    expect(read('').root).toBeNull();
  });
});
