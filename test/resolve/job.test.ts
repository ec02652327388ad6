import * as fc from 'fast-check';
import { Lua } from 'wasmoon-lua5.1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIP_COLOURS, MARKER_COLOURS, METADATA_KEYS } from '../../host/standin/resolve/state.ts';
import {
  RESOLVE_CLIP_COLOURS,
  RESOLVE_GOOD,
  RESOLVE_MARKER_COLOURS,
  RESOLVE_METADATA,
  jobText,
  luaString,
  luaValue,
  markerToken,
} from '../../manifest/job.ts';
import { ODD_NAME, SHOTS, handoffOf, marker, planOf, step, target, wholePlan } from './stage.ts';

let lua: Lua;
beforeAll(async () => {
  lua = await Lua.create();
  lua.doStringSync(`
    function hex(text) return (text:gsub(".", function(c) return string.format("%02x", c:byte()) end)) end
    function load_job()
      local chunk = assert(loadstring(source))
      setfenv(chunk, {})
      local job = chunk()
      job.all = {}
      for _, part in ipairs(job.steps) do for _, step in ipairs(part()) do job.all[#job.all + 1] = step end end
      return job
    end`);
});
afterAll(() => lua.global.close());

const bytes = (text: string) => Buffer.from(text, 'utf8').toString('hex');
const anything = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom(...'"\\\n\r\0]]--\u2028{}')),
});

describe('a job file', () => {
  test('every string comes back from Lua 5.1 byte for byte', () => {
    fc.assert(
      fc.property(anything, (text) => {
        lua.ctx['source'] = `return hex(${luaString(text)})`;
        expect(lua.doStringSync('return assert(loadstring(source))()')).toBe(
          bytes(text.replace(/\p{Surrogate}/gu, '\uFFFD')),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('the digit after a control character stays a digit', () => {
    lua.ctx['source'] = `return hex(${luaString('\u00019\r\n7\u0000000')})`;
    expect(lua.doStringSync('return assert(loadstring(source))()')).toBe(bytes('\u00019\r\n7\u0000000'));
  });

  test('names, paths, notes and titles of any kind stay inside their literals', () => {
    fc.assert(
      fc.property(anything, anything, (name, words) => {
        const shot = { ...SHOTS[0]!, name: `x${name}` };
        const handoff = handoffOf([SHOTS[0]!]);
        handoff.production.title = words;
        const plan = planOf([
          step('a', { kind: 'import', target: target(shot), after: { bin: [name, words] } }),
          step(name, {
            kind: 'add-marker',
            target: target(shot),
            after: { marker: marker(words, 3, name, words) },
          }),
        ]);
        lua.ctx['source'] = jobText(plan, { handoff });
        const read = lua.doStringSync(`
          local job = load_job()
          return table.concat({ hex(job.title), hex(job.all[1].bin[1]), hex(job.all[1].bin[2]), hex(job.all[2].id),
            hex(job.all[2].name), hex(job.all[2].note), #job.all }, " ")`);
        const whole = (text: string) => bytes(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
        expect(read).toBe([words, name, words, name, name, words].map(whole).join(' ') + ' 2');
      }),
      { numRuns: 200 },
    );
  });

  test('20,000 steps load', () => {
    const steps = Array.from({ length: 20_000 }, (_, n) =>
      step(`s${n}`, {
        kind: 'set-metadata',
        target: { clip: `c${n}`, path: `day/${n}.mov`, file: `/media/day/${n}.mov` },
        after: { metadata: { scene: `${n}`, take: `t${n}`, note: `note ${n} ${ODD_NAME}` } },
      }),
    );
    lua.ctx['source'] = jobText(planOf(steps), { handoff: handoffOf(SHOTS) });
    expect(
      lua.doStringSync('local job = load_job() return #job.all .. " " .. job.all[20000].fields[1].value'),
    ).toBe('20000 19999');
  });

  test('the same plan gives the same text', () => {
    const handoff = handoffOf(SHOTS);
    expect(jobText(wholePlan(), { handoff })).toBe(jobText(wholePlan(), { handoff }));
  });

  test('a number that is not whole is our own mistake', () => {
    expect(() => luaValue(1.5)).toThrow('whole numbers only');
    expect(() => luaValue(Number.NaN)).toThrow('whole numbers only');
    expect(luaValue(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
  });

  test('a marker token holds nothing that parts one from the next', () => {
    fc.assert(
      fc.property(anything, (id) => {
        expect(markerToken(id)).toMatch(/^baton:[^\s|]*$/);
      }),
    );
  });
});

describe("Baton's words in Resolve", () => {
  test('every label is a clip colour of its own', () => {
    const colours = Object.values(RESOLVE_CLIP_COLOURS);
    expect(colours.filter((colour) => !CLIP_COLOURS.has(colour))).toEqual([]);
    expect(new Set(colours).size).toBe(colours.length);
  });
  test('every marker colour is a marker colour of its own', () => {
    const colours = Object.values(RESOLVE_MARKER_COLOURS);
    expect(colours.filter((colour) => !MARKER_COLOURS.has(colour))).toEqual([]);
    expect(new Set(colours).size).toBe(colours.length);
    expect(MARKER_COLOURS.has(RESOLVE_GOOD.flag)).toBe(true);
  });
  test('every metadata field is a key that SetMetadata takes', () => {
    expect(Object.values(RESOLVE_METADATA).filter((key) => !METADATA_KEYS.has(key))).toEqual([]);
  });
});
