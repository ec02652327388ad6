/** Every pair of text and ground the panel uses can be read, in all three themes, and the theme follows the editor's skin. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { followTheme, themeNamed, themeOfSkin, type HearTheme } from '../../panel/theme.ts';

const css = readFileSync(new URL('../../panel/styles/theme.css', import.meta.url), 'utf8');

function coloursOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}', 1)[0]!;
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]),
  );
}

/** Relative luminance and contrast as WCAG 2.2 has them. */
function luminance(colour: string): number {
  const part = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const darkest = coloursOf(':root');
const themes = {
  darkest,
  dark: { ...darkest, ...coloursOf(":root[data-theme='dark']") },
  light: { ...darkest, ...coloursOf(":root[data-theme='light']") },
};

describe.each(Object.entries(themes))('%s', (_name, colours) => {
  const grounds = ['ground', 'raised', 'field', 'hover'];

  it.each(['text', 'quiet', 'good', 'attention', 'bad', 'note'])(
    '%s text reaches 4.5:1 on every ground',
    (text) => {
      for (const ground of grounds)
        expect([ground, contrast(colours[text]!, colours[ground]!) >= 4.5]).toEqual([ground, true]);
    },
  );

  it('buttons and chosen chips reach 4.5:1', () => {
    expect(contrast(colours['on-accent']!, colours['accent']!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours['on-accent']!, colours['accent-hover']!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours['ground']!, colours['text']!)).toBeGreaterThanOrEqual(4.5);
  });

  it('focus and the edges of fields reach 3:1', () => {
    for (const ground of grounds) {
      expect([ground, contrast(colours['focus']!, colours[ground]!) >= 3]).toEqual([ground, true]);
      expect([ground, contrast(colours['edge']!, colours[ground]!) >= 3]).toEqual([ground, true]);
    }
  });

  it('what stands for picture and sound in a picture reaches 3:1', () => {
    for (const lane of ['lane-video', 'lane-audio'])
      for (const ground of ['ground', 'field'])
        expect([lane, ground, contrast(colours[lane]!, colours[ground]!) >= 3]).toEqual([lane, ground, true]);
  });
});

describe('the theme', () => {
  const skin = (level: number) =>
    JSON.stringify({
      appSkinInfo: { panelBackgroundColor: { color: { red: level, green: level, blue: level } } },
    });

  it("is the one nearest to the editor's panel colour", () => {
    expect([29, 35, 50, 83, 184, 240].map((level) => themeOfSkin(skin(level)))).toEqual([
      'darkest',
      'darkest',
      'dark',
      'dark',
      'light',
      'light',
    ]);
    expect(themeOfSkin('{}')).toBe('darkest');
  });

  it('is the one that UXP names, from then on and whenever it changes', () => {
    let say: (name: unknown) => void = () => {};
    const here = page({ light: true, hear: (heard) => (say = heard) });
    expect(here.theme()).toBe('light');
    for (const [name, theme] of [
      ['darkest', 'darkest'],
      ['dark', 'dark'],
      ['light', 'light'],
      ['lightest', 'light'],
      [undefined, 'darkest'],
    ] as const) {
      say(name);
      expect([name, here.theme(), themeNamed(name)]).toEqual([name, theme, theme]);
    }
    // The system has no more to say in it.
    say('dark');
    here.scheme.matches = false;
    here.changed();
    expect(here.theme()).toBe('dark');
  });

  function page(options: { light?: boolean; own?: string; skin?: () => string; hear?: HearTheme }) {
    const attributes = new Map(options.own ? [['data-theme', options.own]] : []);
    const listeners: (() => void)[] = [];
    const scheme = {
      matches: options.light ?? false,
      addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    };
    const root = {
      hasAttribute: (name: string) => attributes.has(name),
      setAttribute: (name: string, value: string) => attributes.set(name, value),
    };
    const cep = options.skin && {
      getHostEnvironment: options.skin,
      addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    };
    const window = { document: { documentElement: root }, matchMedia: () => scheme, __adobe_cep__: cep };
    followTheme(window as unknown as Window, options.hear);
    return {
      theme: () => attributes.get('data-theme'),
      scheme,
      changed: () => listeners.forEach((listener) => listener()),
    };
  }

  it('follows the system, and changes with it', () => {
    const here = page({ light: true });
    expect(here.theme()).toBe('light');
    here.scheme.matches = false;
    here.changed();
    expect(here.theme()).toBe('darkest');
  });

  it("follows the editor's skin before the system's, and changes with it", () => {
    let level = 35;
    const here = page({ light: true, skin: () => skin(level) });
    expect(here.theme()).toBe('darkest');
    level = 50;
    here.changed();
    expect(here.theme()).toBe('dark');
    level = 220;
    here.changed();
    expect(here.theme()).toBe('light');
  });

  it('that a page comes with stays', () => {
    expect(page({ light: false, own: 'light' }).theme()).toBe('light');
  });
});
