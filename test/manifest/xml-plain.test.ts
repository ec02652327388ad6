/**
 * The plain XML reader against the full one it stands in for: whatever it does not leave to that one, it reads the same. Judged over the
 * corpus and over documents that fast-check makes and breaks.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readPlain } from '../../manifest/xml/plain.ts';
import { childText, readXml } from '../../manifest/xml/read.ts';
import { corpus } from '../corpus/folder.ts';

const NOBODY = { open() {}, close() {}, text() {}, bare: true };

const isPlain = (text: string) => readPlain(text.replace(/^\uFEFF/, ''), NOBODY);

/** An instruction after the root says nothing, and the plain reader leaves a document that holds one to the full reader. */
const ASIDE = '<?aside?>';

const byName = <Value>(named: Record<string, Value>) =>
  Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));

/** As plain arrays: what kind of object holds the attributes is nobody's business. */
function told(text: string) {
  const { root, issues } = readXml(text, 'cut.xml');
  type Element = NonNullable<typeof root>;
  const shape = ({ name, attributes, children, text: own, line }: Element): unknown[] => [
    name,
    byName(attributes),
    own,
    line,
    children.map(shape),
  ];
  return { root: root && shape(root), issues };
}

/** Whether the text was plain; it fails where the two readers differ. */
function agree(text: string): boolean {
  if (!isPlain(text)) return false;
  expect(isPlain(text + ASIDE)).toBe(false);
  expect(told(text)).toEqual(told(text + ASIDE));
  return true;
}

describe('what programs write is plain', () => {
  test.each([
    [
      'a declaration, a DOCTYPE, comments',
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a>\n<!-- b --><a/>',
    ],
    ['a DOCTYPE with a DTD of its own', '<!DOCTYPE a PUBLIC "-//A//B" \'a.dtd\'>\n\n<a>\n</a>\n'],
    ['Windows line ends', '<a b="1\r\n2">\r\n  <c>3\r\n4\r5</c>\r\n</a>\r\n'],
    ["XML's own references and those by number", '<a b="&lt;&#9;&#x1F600;&quot;">&amp;&apos;&gt;&#65;</a>'],
    ['CDATA between texts', '<a> one &amp; <![CDATA[<two>]]> three </a>'],
    ['whole surrogate pairs', '<a b="\u{1F3AC}">\u{1F3AC}</a>'],
    ['attributes on lines of their own', '<a\n  b = "1"\n\tc=\'"\'\n>\n<d\n/></a >'],
    ['spaces after text', '<a>b <c/> \n d <!-- e --> </a>'],
    ['spaces that are no XML spaces', '<a>\u00a0<b/>\u2028</a>'],
    ['names of every object', '<a __proto__="1" constructor="2" toString="3" hasOwnProperty="4"/>'],
    ['names with marks and figures', '<a:b-c.d_9 xmlns:x="y" x:z="1"/>'],
    ['a BOM', '\uFEFF<a/>'],
  ])('%s', (_name, text) => expect(agree(text)).toBe(true));
});

describe('what only the full reader may judge', () => {
  test.each([
    ['declared entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['unknown references', '<a>&b;</a>'],
    ['a bare ampersand', '<a b="c & d"/>'],
    ['a reference to no character', '<a>&#0;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['half a surrogate pair', '<a>\ud83d</a>'],
    ['the other half', '<a>\udfac</a>'],
    ['two attributes of one name', '<a b="1" b="2"/>'],
    ['two attributes of the name __proto__', '<a __proto__="1" __proto__="2"/>'],
    ['attributes that touch', '<a b="1"c="2"/>'],
    ['< in an attribute', '<a b="<"/>'],
    ['the end of CDATA in text', '<a>]]></a>'],
    ['-- in a comment', '<a><!-- b -- c --></a>'],
    ['a wrong end tag', '<a><b></a></b>'],
    ['no end tag', '<a><b>'],
    ['text before the root', 'b<a/>'],
    ['text after the root', '<a/>b'],
    ['two roots', '<a/><b/>'],
    ['version 1.1', '<?xml version="1.1"?><a>\u0085</a>'],
    ['257 levels', `${'<a>'.repeat(257)}${'</a>'.repeat(257)}`],
    ['nothing', ''],
  ])('%s', (_name, text) => expect(isPlain(text)).toBe(false));

  it('256 levels are not too many', () => {
    expect(agree(`${'<a>'.repeat(256)}${'</a>'.repeat(256)}`)).toBe(true);
  });
});

const word = fc.constantFrom('a', 'b-c', 'd.9', '_e', 'x:y', '__proto__', 'é', '9', '');
const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\r');
const chunk = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('text', ' ', '\n  ', '&amp;', '&#xA;', ']]', '>', "'", '"', '\u00a0'),
  },
  fc.constantFrom(
    '&',
    '&b;',
    '<',
    ']]>',
    '\u0001',
    '\ud83c\udfac',
    '\ud83c',
    '\udfac',
    '\ufffe',
    '&#0;',
    '&#x110000;',
  ),
);
const value = fc.array(chunk, { maxLength: 4 }).map((parts) => parts.join(''));
const attribute = fc
  .tuple(space, word, space, space, fc.constantFrom('"', "'", ''), value)
  .map(([before, name, a, b, quote, inside]) => `${before || ' '}${name}${a}=${b}${quote}${inside}${quote}`);
const markup = fc.constantFrom(
  '<!-- c -->',
  '<!---->',
  '<!-- - -->',
  '<!--->',
  '<![CDATA[<]]]>',
  '<![CDATA[]]>',
  '<?p q?>',
  '<!d>',
);
const element: fc.Arbitrary<string> = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, value, markup, tie('element')),
  element: fc
    .tuple(
      word,
      fc.array(attribute, { maxLength: 3 }),
      space,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.boolean(),
    )
    .map(([name, attributes, gap, nodes, empty]) =>
      empty
        ? `<${name}${attributes.join('')}${gap}/>`
        : `<${name}${attributes.join('')}${gap}>${nodes.join('')}</${name}${gap}>`,
    ),
})).element;
const prolog = fc.constantFrom(
  '',
  '',
  '\n',
  '<!-- a -->',
  '<?xml version="1.0"?>',
  '<?xml version="1.0" standalone="no" ?>\n<!DOCTYPE a "b>">',
  '<!DOCTYPE a>',
  '<!DOCTYPE>',
  '<?xml?>',
);

describe('random documents', () => {
  it('are read alike, or left to the full reader', () => {
    let plain = 0;
    fc.assert(
      fc.property(prolog, element, space, (before, root, after) => {
        if (agree(`${before}${root}${after}`)) plain++;
      }),
      { numRuns: 5000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  it('with a piece cut out, doubled or strewn in are read alike, or left to the full reader', () => {
    const sound =
      '<?xml version="1.0"?>\n<a b="1" c=\'&lt;\'>\n <d/>\n text &amp; <![CDATA[]]]]>\n<!-- e --><f g="h">i</f></a>\n';
    const strewn = fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '/',
      '=',
      ' ',
      '\r',
      ']]>',
      '--',
      '!',
      '?',
      'x',
      '\u0000',
    );
    let plain = 0;
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(6), fc.option(strewn), (at, length, between) => {
        const rest = sound.slice(at + (between === null ? length : 0));
        if (agree(sound.slice(0, at) + (between ?? '') + rest)) plain++;
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(50);
  });
});

describe('real files', () => {
  const folders = ['fcpxml', 'xmeml']
    .map((folder) => join(corpus, folder))
    .filter((folder) => existsSync(folder));
  if (!folders.length) console.log(`skipped: XML of real programs (no ${corpus}; set BATON_CORPUS)`);
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(fcpxml|xml)$/i.test(path))
      .map((path) => join(folder, path)),
  );
  it.skipIf(!files.length)('are read alike by both, nearly all of them by the plain reader', () => {
    const left = files.filter((file) => !agree(readFileSync(file, 'utf8')));
    for (const file of left) console.log(`left to the full reader: ${file}`);
    expect(left.length).toBeLessThan(files.length / 10);
  });

  it('references are resolved', () => {
    const { root } = readXml('<a><b>&#x41;&amp;&#66;</b></a>', 'cut.xml');
    expect(childText(root!, 'b')).toBe('A&B');
  });
});
