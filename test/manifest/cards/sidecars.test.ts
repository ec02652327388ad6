/** What sidecars say, read by the parser that reads them on a drive; and documents that mean harm. */
import { describe, expect, it } from 'vitest';
import { sidecarOf } from '../../../bridge/local/sidecars.ts';
import { assemble, startAt } from '../../../manifest/cards/group/assemble.ts';
import { SIDECARS } from '../../../manifest/cards/sidecars/index.ts';
import type { SidecarFacts } from '../../../manifest/cards/sidecars/sidecar.ts';
import type { Tech } from '../../../manifest/documents/handoff.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { p2Xml, sonyXml, XMP } from '../../fixtures/cards-drive.ts';

function facts(text: string, ending = 'xml'): SidecarFacts {
  const read = sidecarOf(text, ending);
  if (!read || !('facts' in read)) throw new Error(JSON.stringify(read));
  return read.facts;
}
const problem = (text: string, ending = 'xml') => {
  const read = sidecarOf(text, ending);
  return read && 'problem' in read ? read.problem : null;
};
const withSidecar = (tech: Tech, read: SidecarFacts) =>
  assemble({ tech, witness: {} }, undefined, undefined, [{ path: 'x.xml', facts: read }]);

describe('sony-nrt', () => {
  it('reads timecode, length, day and machine', () => {
    expect(facts(sonyXml())).toEqual({
      tech: {
        rate: RATES['29.97'],
        durationFrames: 60,
        recordedOn: '2026-03-14',
        recorder: 'Sony ILME-FX3',
        serial: '0123456',
      },
      witness: {},
      start: { label: '00:02:41:04', drop: true, nominal: 30 },
    });
  });

  it('gives an XAVC S clip the drop-frame start its MP4 does not have, and says where it is from', () => {
    const { tech } = withSidecar({ rate: RATES['29.97'], durationFrames: 60 }, facts(sonyXml()));
    expect(tech).toMatchObject({ startTc: '00:02:41;04', rate: RATES['29.97df'] });
    expect(tech.fromSidecar).toEqual(expect.arrayContaining(['startTc', 'rate', 'serial']));
    expect(tech.fromSidecar).not.toContain('durationFrames');
  });

  // 209 frames after 00:00:00:00 at 59.94 the camera wrote 54830000: second 3, frame 14, second of its pair.
  it('at 59.94 a label counts pairs of frames, and a flag tells the second', () => {
    const read = facts(sonyXml({ value: '54830000', format: '59.94p', half: true }));
    expect(startAt(read.start!, RATES['59.94'])).toEqual({ startTc: '00:00:03;29', rate: RATES['59.94df'] });
  });

  it('at 50 the flag of the pair stands with the hours', () => {
    const read = facts(sonyXml({ value: '04000089', format: '50p', fps: 25, half: true }));
    expect(startAt(read.start!, RATES['50'])?.startTc).toBe('09:00:00:09');
  });

  it('23.976 never drops, whatever the flag says', () => {
    const read = facts(sonyXml({ value: '45000001', format: '23.98p', fps: 24 }));
    expect(startAt(read.start!, RATES['23.976'])).toEqual({ startTc: '01:00:00:05', rate: RATES['23.976'] });
  });

  it('interlaced fields are half as many frames', () => {
    expect(facts(sonyXml({ format: '59.94i' })).tech.rate).toEqual(RATES['29.97']);
    expect(facts(sonyXml({ format: '50i', fps: 25 })).tech.rate).toEqual(RATES['25']);
  });

  it('a word that is no BCD, or a rate no camera has, is no timecode', () => {
    for (const more of [{ value: '0A000000' }, { value: '0400' }, { fps: 29 }])
      expect(facts(sonyXml(more)).start).toBeUndefined();
  });

  it('a label that the rate skips gives no start', () => {
    const read = facts(sonyXml({ value: '40000100' }));
    expect(startAt(read.start!, RATES['29.97'])).toBeNull();
  });

  it('a length of a frame more is the same, of two is said', () => {
    const apart = (frames: number) =>
      withSidecar(
        { rate: RATES['29.97df'], durationFrames: 60, startTc: '00:02:41;04', recordedOn: '2026-03-14' },
        facts(sonyXml({ frames })),
      ).disagreements;
    expect(apart(61)).toBeUndefined();
    expect(apart(62)).toEqual([{ field: 'durationFrames', counts: '60', other: '62', from: 'x.xml' }]);
  });

  it('the header’s start counts, and the other is said', () => {
    const { tech, disagreements } = withSidecar(
      { rate: RATES['29.97'], startTc: '01:00:00:00' },
      facts(sonyXml()),
    );
    expect(tech.startTc).toBe('01:00:00:00');
    expect(disagreements).toEqual([
      { field: 'startTc', counts: '01:00:00:00', other: '00:02:41;04', from: 'x.xml' },
    ]);
  });
});

describe('p2-clip', () => {
  it('reads names, scene and take, who shot it and what was noted', () => {
    expect(facts(p2Xml())).toMatchObject({
      tech: {
        rate: RATES['25'],
        durationFrames: 50,
        recordedOn: '2026-03-14',
        recorder: 'Panasonic AU-EVA1',
        serial: 'H0TCA0123',
      },
      witness: { scene: '7', take: '3', note: 'boom in frame | Shooter: Ida' },
      start: { label: '10:00:00:00', drop: false, nominal: 25 },
      clipName: 'HARBOUR 1',
    });
  });

  it('59.94p counts pairs, and drops where it says so', () => {
    const text = p2Xml({ start: '01:00:00:02' }).replace(
      '<FrameRate>25p',
      '<FrameRate DropFrameFlag="true">59.94p',
    );
    expect(startAt(facts(text).start!, RATES['59.94'])).toEqual({
      startTc: '01:00:00;04',
      rate: RATES['59.94df'],
    });
  });

  it('without a FrameRate the edit unit is the rate', () => {
    const text = p2Xml().replace('<FrameRate>25p</FrameRate>', '').replace('1/25', '1001/30000');
    expect(facts(text).tech.rate).toEqual(RATES['29.97']);
  });
});

describe('xmp', () => {
  const read = () => facts(XMP, 'xmp');
  it('reads the Dynamic Media fields, as elements and as attributes', () => {
    expect(read().witness).toEqual({
      scene: '12',
      setup: 'B',
      take: '4',
      reel: 'A007',
      note: 'best one',
      pick: 'good',
    });
    expect(withSidecar({ rate: RATES['25'] }, read()).tech.startTc).toBe('11:22:33:04');
  });

  it('a structure may stand in attributes, and an alternative list has its first', () => {
    const text = `<x:xmpmeta xmlns:x="a"><rdf:RDF xmlns:rdf="r"><rdf:Description xmlns:xmpDM="d">
      <xmpDM:startTimecode xmpDM:timeFormat="2997DropTimecode" xmpDM:timeValue="01;00;00;02"/>
      <xmpDM:logComment><rdf:Alt><rdf:li>first</rdf:li><rdf:li>second</rdf:li></rdf:Alt></xmpDM:logComment>
      </rdf:Description></rdf:RDF></x:xmpmeta>`;
    expect(facts(text, 'xmp')).toMatchObject({
      start: { label: '01:00:00:02', drop: true, nominal: 30 },
      witness: { note: 'first' },
    });
  });

  it('a shot name that is a whole clip name is no setup', () => {
    expect(facts(XMP.replace('>B<', '>A007_C012<'), 'xmp')).toMatchObject({ clipName: 'A007_C012' });
    expect(facts(XMP.replace('>B<', '>A007_C012<'), 'xmp').witness.setup).toBeUndefined();
  });
});

describe('a document that means harm, or is broken', () => {
  it('no document type, so no entities', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><NonRealTimeMeta>&c;</NonRealTimeMeta>';
    expect(problem(bomb)).toContain('document type');
    expect(problem('<NonRealTimeMeta>&b;</NonRealTimeMeta>')).toContain('no sound XML');
  });

  it('no depth and no number without end', () => {
    expect(problem('<a>'.repeat(100_000))).toContain('deep');
    expect(problem(`<a>${'<b/>'.repeat(60_000)}</a>`)).toContain('elements');
  });

  it('__proto__ and constructor are names like others', () => {
    const text = `<P2Main><__proto__ __proto__="polluted"><polluted>1</polluted></__proto__><constructor/><hasOwnProperty/>
      <ClipContent><__proto__><x/></__proto__><ClipMetadata><UserClipName>still read</UserClipName></ClipMetadata></ClipContent></P2Main>`;
    expect(facts(text).clipName).toBe('still read');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it('a document cut short, an empty one and text are said; another kind is left alone', () => {
    expect(problem(sonyXml().slice(0, 300))).toContain('no sound XML');
    expect(problem('')).toBe('there is nothing in it');
    expect(problem('hello')).toContain('no sound XML');
    expect(sidecarOf('<fcpxml version="1.10"/>', 'xml')).toBeNull();
    expect(sidecarOf(sonyXml(), 'xmp')).toBeNull();
  });

  it('a byte order mark is none of it', () => {
    expect(facts(`\uFEFF${sonyXml()}`).start).toBeDefined();
  });
});

it('the kinds read', () => {
  expect(SIDECARS.map(({ id }) => id)).toEqual(['sony-nrt', 'p2-clip', 'xmp']);
});
