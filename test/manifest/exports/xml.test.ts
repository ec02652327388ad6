import { describe, expect, it } from 'vitest';
import { XmlWriter } from '../../../manifest/exports/xml.ts';

const DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a>\n';

/** Written by `write` into a document `a`. */
function written(write: (xml: XmlWriter) => void): { text: string; losses: number[] } {
  const xml = new XmlWriter('a');
  xml.open('a');
  write(xml);
  xml.close();
  return { text: xml.text().slice(DECLARED.length), losses: xml.losses.map(({ count }) => count) };
}

describe('what is remembered', () => {
  const key = {};
  const take = (value: string) => (xml: XmlWriter) =>
    xml.again(key, () => {
      xml.open('b', { c: value });
      xml.leaf('d');
      xml.close();
    });

  it('is what would be written again, in its place', () => {
    const { text } = written((xml) => {
      for (let at = 0; at < 100; at++) {
        xml.leaf('e', { at });
        take('1')(xml);
      }
    });
    const each = Array.from({ length: 100 }, (_, at) => `  <e at="${at}"/>\n  <b c="1">\n    <d/>\n  </b>\n`);
    expect(text).toBe(`<a>\n${each.join('')}</a>\n`);
  });

  it('is written anew at another depth', () => {
    const { text } = written((xml) => {
      take('1')(xml);
      xml.open('e');
      take('1')(xml);
      xml.close();
      take('1')(xml);
    });
    const block = (indent: string) => `${indent}<b c="1">\n${indent}  <d/>\n${indent}</b>\n`;
    expect(text).toBe(`<a>\n${block('  ')}  <e>\n${block('    ')}  </e>\n${block('  ')}</a>\n`);
  });

  it('longer than the writer keeps apart, stays in order', () => {
    const { text } = written((xml) => {
      xml.leaf('first');
      for (let at = 0; at < 2; at++)
        xml.again(key, () => {
          for (let nth = 0; nth < 200; nth++) xml.leaf('d', { nth });
        });
      xml.leaf('last');
    });
    const all = Array.from({ length: 200 }, (_, nth) => `  <d nth="${nth}"/>\n`).join('');
    expect(text).toBe(`<a>\n  <first/>\n${all}${all}  <last/>\n</a>\n`);
  });

  it('loses what XML cannot hold each time it is written', () => {
    const { text, losses } = written((xml) => {
      take('\u0001')(xml);
      take('\u0001')(xml);
    });
    expect(losses).toEqual([1, 1]);
    expect(text.split('\ufffd')).toHaveLength(3);
  });

  it('that is nothing leaves no line', () => {
    const { text } = written((xml) => {
      xml.again(key, () => {});
      xml.again(key, () => {});
    });
    expect(text).toBe('<a>\n</a>\n');
  });
});
