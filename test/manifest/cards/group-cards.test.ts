/** Each maker's camera cards on lists of paths: what is a clip, and what belongs to one. */
import { describe, expect, it } from 'vitest';
import type { Grouped } from '../../../manifest/cards/group/group.ts';
import { type File, group, clip, beside, clips } from './group-stage.ts';

const parts = (grouped: Grouped<File>, path: string) =>
  clip(grouped, path).parts?.map(({ file, number, essence }) => [file.path, number, essence ?? 'stretch']);

describe('Sony', () => {
  it('XAVC S: M01.XML, the proxy in SUB and the thumbnail belong to the clip; the rest is the card’s', () => {
    const card = 'PRIVATE/M4ROOT';
    const grouped = group(
      `${card}/CLIP/C0001.MP4`,
      `${card}/CLIP/C0001M01.XML`,
      `${card}/SUB/C0001S03.MP4`,
      `${card}/THMBNL/C0001T01.JPG`,
      `${card}/MEDIAPRO.XML`,
      `${card}/STATUS.BIN`,
    );
    expect(clips(grouped)).toEqual([`${card}/CLIP/C0001.MP4`]);
    expect(clip(grouped, `${card}/CLIP/C0001.MP4`).card).toBe('sony');
    expect(beside(grouped, `${card}/CLIP/C0001.MP4`)).toHaveLength(3);
    expect(grouped.card.map(({ path }) => path)).toEqual([`${card}/MEDIAPRO.XML`, `${card}/STATUS.BIN`]);
  });

  it('XDCAM: Clip, Sub and Thmbnl in any case', () => {
    const grouped = group(
      'X/XDROOT/Clip/A001C001.MXF',
      'X/XDROOT/Clip/A001C001M01.XML',
      'X/XDROOT/Clip/A001C001R01.BIM',
      'X/XDROOT/Sub/A001C001S01.MXF',
      'X/XDROOT/Thmbnl/A001C001T01.JPG',
      'X/XDROOT/Take/T0001.SMI',
    );
    expect(clips(grouped)).toEqual(['X/XDROOT/Clip/A001C001.MXF']);
    expect(beside(grouped, 'X/XDROOT/Clip/A001C001.MXF')).toHaveLength(4);
  });

  it('XDCAM EX: 501_0001_01 and _02 are one recording in two folders', () => {
    const folder = (name: string) => `BPAV/CLPR/${name}/${name}`;
    const grouped = group(
      `${folder('501_0001_01')}.MP4`,
      `${folder('501_0001_01')}M01.XML`,
      `${folder('501_0001_01')}.SMI`,
      `${folder('501_0001_02')}.MP4`,
      `${folder('501_0001_02')}M01.XML`,
      `${folder('501_0002_01')}.MP4`,
      'BPAV/MEDIAPRO.XML',
    );
    expect(clips(grouped)).toEqual([`${folder('501_0001_01')}.MP4`, `${folder('501_0002_01')}.MP4`]);
    expect(parts(grouped, `${folder('501_0001_01')}.MP4`)?.map(([path]) => path)).toEqual([
      `${folder('501_0001_01')}.MP4`,
      `${folder('501_0001_02')}.MP4`,
    ]);
    expect(clip(grouped, `${folder('501_0001_01')}.MP4`).sidecars).toHaveLength(3);
  });

  it('copied off the card the XML still finds its clip, and a film called BARS01.mp4 is a film', () => {
    const grouped = group('A/C0007.MP4', 'A/C0007M01.XML', 'A/BAR.mp4', 'A/BARS01.mp4');
    expect(clips(grouped)).toEqual(['A/BAR.mp4', 'A/BARS01.mp4', 'A/C0007.MP4']);
    expect(beside(grouped, 'A/C0007.MP4')).toEqual(['A/C0007M01.XML']);
  });
});

describe('Canon', () => {
  it('NZ000101 and NZ000102 are the streams of NZ0001', () => {
    const folder = 'CONTENTS/CLIPS001/NZ0001';
    const grouped = group(
      ...[
        'NZ0001.CIF',
        'NZ0001.XML',
        'NZ0001.CPF',
        'NZ0001.THM',
        'NZ000101.MXF',
        'NZ000101.SIF',
        'NZ000102.MXF',
      ].map((name) => `${folder}/${name}`),
      'CONTENTS/CLIPS001/INDEX.MIF',
    );
    expect(parts(grouped, `${folder}/NZ000101.MXF`)).toEqual([
      [`${folder}/NZ000101.MXF`, 1, 'stretch'],
      [`${folder}/NZ000102.MXF`, 2, 'stretch'],
    ]);
    expect(clip(grouped, `${folder}/NZ000101.MXF`).sidecars).toHaveLength(5);
    expect(grouped.card).toHaveLength(1);
  });

  it('a proxy is a sidecar beside its original and a clip without it', () => {
    const long = 'CRM/A_0001C001X260314_090000XX_CANON';
    expect(clips(group(`${long}.CRM`, `${long}_Proxy.MP4`))).toEqual([`${long}.CRM`]);
    expect(clips(group(`${long}_Proxy.MP4`))).toEqual([`${long}_Proxy.MP4`]);
  });
});

describe('P2', () => {
  const card = 'P2/CONTENTS';
  const all = [
    `${card}/VIDEO/0001AB.MXF`,
    `${card}/AUDIO/0001AB00.MXF`,
    `${card}/AUDIO/0001AB01.MXF`,
    `${card}/CLIP/0001AB.XML`,
    `${card}/ICON/0001AB.BMP`,
    `${card}/PROXY/0001AB.MP4`,
    `${card}/VOICE/0001AB00.WAV`,
    'P2/LASTCLIP.TXT',
  ];

  it('picture and channels are one clip, and a proxy and a memo are none', () => {
    const grouped = group(...all);
    expect(clips(grouped)).toEqual([all[0]]);
    expect(parts(grouped, all[0]!)?.map(([, number, essence]) => [number, essence])).toEqual([
      [1, 'stretch'],
      [1, 'sound'],
      [2, 'sound'],
    ]);
    expect(clip(grouped, all[0]!).sidecars).toHaveLength(4);
  });

  it('channels whose picture was not copied are still a clip', () => {
    expect(clips(group(all[1]!, all[2]!))).toEqual([all[1]]);
  });
});

describe('RED, ARRI, Blackmagic, DJI, AVCHD', () => {
  it('_001.R3D and _002.R3D are one clip, with its RMD', () => {
    const folder = 'A001_0614AB.RDM/A001_C003_0614AB.RDC';
    const name = `${folder}/A001_C003_0614AB`;
    const grouped = group(
      `${name}_002.R3D`,
      `${name}_001.R3D`,
      `${name}.RMD`,
      'A001_0614AB.RDM/digital_magazine.bin',
    );
    expect(parts(grouped, `${name}_001.R3D`)?.map(([, number]) => number)).toEqual([1, 2]);
    expect(beside(grouped, `${name}_001.R3D`)).toEqual([`${name}.RMD`]);
    expect(grouped.card).toHaveLength(1);
  });

  it('a clip whose first file is not there keeps its number', () => {
    const grouped = group('A.RDC/A001_C003_0614AB_002.R3D');
    expect(clip(grouped, 'A.RDC/A001_C003_0614AB_002.R3D').parts?.[0]!.number).toBe(2);
  });

  it('an ARRI XML lies beside its MOV or above its frames; a roll’s sheet speaks of no clip', () => {
    const frames = [1, 2, 3, 4].map(
      (frame) => `A001C002_230614_R1AB/A001C002_230614_R1AB.000000${frame}.ari`,
    );
    const grouped = group(
      'A001C001_230614_R1AB.mov',
      'A001C001_230614_R1AB.xml',
      'A001C002_230614_R1AB.xml',
      'A001R1AB.xml',
      ...frames,
    );
    expect(beside(grouped, 'A001C001_230614_R1AB.mov')).toEqual(['A001C001_230614_R1AB.xml']);
    expect(beside(grouped, frames[0]!)).toEqual(['A001C002_230614_R1AB.xml']);
    expect(grouped.card.map(({ path }) => path)).toEqual(['A001R1AB.xml']);
  });

  it('a .sidecar and the proxy in Proxy/ belong to the BRAW', () => {
    const grouped = group(
      'B/A001_06141234_C003.braw',
      'B/A001_06141234_C003.sidecar',
      'B/Proxy/A001_06141234_C003.mp4',
    );
    expect(beside(grouped, 'B/A001_06141234_C003.braw')).toHaveLength(2);
    expect(clips(group('B/Proxy/only.mp4'))).toEqual(['B/Proxy/only.mp4']);
    expect(clips(group('C0001S03.MP4', 'Proxy/C0001S03.mov'))).toEqual(
      clips(group('Proxy/C0001S03.mov', 'C0001S03.MP4')),
    );
  });

  it('DJI’s SRT is telemetry and another SRT a transcript', () => {
    const grouped = group('DJI_0001.MP4', 'DJI_0001.SRT', 'DJI_0001.LRF', 'interview.mov', 'interview.srt');
    expect(beside(grouped, 'DJI_0001.MP4')).toEqual(['DJI_0001.LRF', 'DJI_0001.SRT']);
    expect(grouped.transcripts.map(({ path }) => path)).toEqual(['interview.srt']);
  });

  it('an MTS has its CPI', () => {
    const bdmv = 'PRIVATE/AVCHD/BDMV';
    const grouped = group(
      `${bdmv}/STREAM/00001.MTS`,
      `${bdmv}/CLIPINF/00001.CPI`,
      `${bdmv}/INDEX.BDM`,
      `${bdmv}/PLAYLIST/00000.MPL`,
    );
    expect(beside(grouped, `${bdmv}/STREAM/00001.MTS`)).toEqual([`${bdmv}/CLIPINF/00001.CPI`]);
    expect(grouped.card).toHaveLength(2);
  });
});

describe('GoPro', () => {
  it('chapters of one file number are one clip; the next number is another', () => {
    const grouped = group(
      'D/GX010123.MP4',
      'D/GX030123.MP4',
      'D/GX020123.MP4',
      'D/GX010124.MP4',
      'D/GL010123.LRV',
      'D/GX020123.THM',
    );
    expect(clips(grouped)).toEqual(['D/GX010123.MP4', 'D/GX010124.MP4']);
    expect(parts(grouped, 'D/GX010123.MP4')?.map(([path]) => path)).toEqual([
      'D/GX010123.MP4',
      'D/GX020123.MP4',
      'D/GX030123.MP4',
    ]);
    expect(beside(grouped, 'D/GX010123.MP4')).toEqual(['D/GL010123.LRV', 'D/GX020123.THM']);
    expect(clip(grouped, 'D/GX010124.MP4').parts).toBeUndefined();
  });

  it('GOPR0456 goes on in GP010456', () => {
    const grouped = group('GP020456.MP4', 'GOPR0456.MP4', 'GP010456.MP4', 'GOPR0456.THM');
    expect(parts(grouped, 'GOPR0456.MP4')?.map(([, number]) => number)).toEqual([1, 2, 3]);
    expect(beside(grouped, 'GOPR0456.MP4')).toEqual(['GOPR0456.THM']);
  });

  it('chapters in two folders are two recordings', () => {
    expect(clips(group('A/GX010123.MP4', 'B/GX020123.MP4'))).toHaveLength(2);
  });

  it('a copy in another form is no chapter', () => {
    expect(clips(group('GS010135.360', 'GS010135.mp4'))).toEqual(['GS010135.360', 'GS010135.mp4']);
  });
});
