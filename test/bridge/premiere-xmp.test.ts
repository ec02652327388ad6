/** Premiere's metadata packets: what is read from real shapes, what is refused, what is written. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metadataOf, rateOf, rateWrite } from '../../bridge/premiere/columns.ts';
import { escapeXml, readColumns, sayable, writeColumns } from '../../bridge/premiere/xmp.ts';
import { RATES } from '../../manifest/time/rate.ts';

const NS = 'xmlns:premierePrivateProjectMetaData="http://ns.adobe.com/premierePrivateProjectMetaData/1.0/"';
const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
const packet = (body: string, attributes = '') =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.1-c000"><rdf:RDF ${RDF}>\n <rdf:Description rdf:about="" ${NS} ${attributes}>${body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

describe('a packet', () => {
  test('gives its columns, whatever prefix it uses, as elements or attributes, and nothing of other namespaces', () => {
    const text = packet(
      '<premierePrivateProjectMetaData:Column.PropertyText.Scene>7 &lt;A&gt; &amp; &#x1F3AC;</premierePrivateProjectMetaData:Column.PropertyText.Scene>' +
        `<p:BatonTake xmlns:p="http://ns.adobe.com/premierePrivateProjectMetaData/1.0/"><![CDATA[<03>]]></p:BatonTake>` +
        '<q:BatonId xmlns:q="urn:other">not ours</q:BatonId>',
      'premierePrivateProjectMetaData:Column.PropertyBool.Good="True"',
    );
    expect(metadataOf(readColumns(text)!)).toEqual({
      scene: '7 <A> & \u{1f3ac}',
      take: '<03>',
      good: 'true',
    });
  });

  test('with a language list gives its first entry', () => {
    const text = packet(
      '<premierePrivateProjectMetaData:Column.Intrinsic.LogNote>\n <rdf:Alt>\n <rdf:li xml:lang="x-default">one</rdf:li>\n <rdf:li xml:lang="de">zwei</rdf:li></rdf:Alt></premierePrivateProjectMetaData:Column.Intrinsic.LogNote>',
    );
    expect(readColumns(text)!.get('Column.Intrinsic.LogNote')).toBe('one');
  });

  test.each([
    ['a DTD', `<!DOCTYPE x [<!ENTITY a "b">]>${packet('')}`],
    [
      'an entity of its own',
      packet('<premierePrivateProjectMetaData:BatonId>&boom;</premierePrivateProjectMetaData:BatonId>'),
    ],
    ['a tag left open', packet('<premierePrivateProjectMetaData:BatonId>')],
    ['an unknown prefix', packet('<nobody:BatonId>1</nobody:BatonId>')],
    ['nothing at all', ''],
    ['no XML', 'hello'],
  ])('with %s is not read', (_what, text) => {
    expect(readColumns(text)).toBeNull();
  });

  test('that is written reads back the same for any text XML can carry', () => {
    const values = fc
      .string({ unit: 'binary' })
      .map(sayable)
      .filter((text) => text !== '');
    fc.assert(
      fc.property(values, values, (scene, id) => {
        const columns = new Map([
          ['Column.PropertyText.Scene', scene],
          ['BatonId', id],
        ]);
        expect(readColumns(writeColumns(columns))).toEqual(columns);
      }),
    );
  });

  test('leaves out what is empty, which clears it', () => {
    expect(writeColumns(new Map([['BatonId', '']]))).not.toContain('BatonId');
    expect(escapeXml('a\u0000<b>&\r\ud800')).toBe('a&lt;b&gt;&amp;&#xD;');
  });
});

describe('the remembered rate', () => {
  test.each(Object.entries(RATES))('%s comes back exactly', (_name, rate) => {
    expect(rateOf(readColumns(rateWrite(rate).xmp)!)).toEqual(rate);
  });

  test.each(['', '25', '0/1', '25/0', '25/1 XX', '-25/1', '99999999999999999999/1'])(
    'is none in %j',
    (text) => {
      expect(rateOf(new Map([['BatonRate', text]]))).toBeNull();
    },
  );
});
