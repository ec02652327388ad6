/**
 * Sets data-theme on the page: from the editor's own skin where there is one (CEP, UXP), else from the system, and again
 * whenever that changes. A page that comes with a data-theme keeps it.
 */

interface CepSkin {
  getHostEnvironment(): string;
  addEventListener(type: string, listener: () => void): void;
}

const SKIN_CHANGED = 'com.adobe.csxs.events.ThemeColorChanged';

/** Premiere's own three; a system that is only dark gets the darkest, which is what Premiere starts with. */
type Theme = 'darkest' | 'dark' | 'light';

/** Luminance, 0–255, between Premiere's darkest panels (29, in older ones 35) and its dark ones (50, in older ones 83). */
const DARK_FROM = 42;

/** The theme nearest to a panel background, each part 0–255. */
function themeOfGround(red: number, green: number, blue: number): Theme {
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  if (luminance > 127) return 'light';
  return luminance < DARK_FROM ? 'darkest' : 'dark';
}

/** Reads CEP's host environment (JSON); the darkest where it does not say, as Premiere is. */
export function themeOfSkin(environment: string): Theme {
  const found = JSON.parse(environment) as {
    appSkinInfo?: { panelBackgroundColor?: { color?: { red: number; green: number; blue: number } } };
  };
  const colour = found.appSkinInfo?.panelBackgroundColor?.color;
  return colour ? themeOfGround(colour.red, colour.green, colour.blue) : 'darkest';
}

/** As UXP names them: darkest, dark, medium, light, lightest. The darkest for a name nobody knows. */
export function themeNamed(name: unknown): Theme {
  if (name === 'light' || name === 'lightest') return 'light';
  return name === 'dark' || name === 'medium' ? 'dark' : 'darkest';
}

/** Hears the name of the theme on the other side of UXP's WebView, now and whenever it changes. */
export type HearTheme = (heard: (name: unknown) => void) => void;

export function followTheme(page: Window, hear?: HearTheme): void {
  const root = page.document.documentElement;
  if (root.hasAttribute('data-theme')) return;
  const cep = (page as Window & { __adobe_cep__?: CepSkin }).__adobe_cep__;
  const light = page.matchMedia('(prefers-color-scheme: light)');
  let named: Theme | null = null;
  const now = (): Theme =>
    named ?? (cep ? themeOfSkin(cep.getHostEnvironment()) : light.matches ? 'light' : 'darkest');
  const set = () => root.setAttribute('data-theme', now());
  set();
  if (cep) cep.addEventListener(SKIN_CHANGED, set);
  else light.addEventListener('change', set);
  hear?.((name) => {
    named = themeNamed(name);
    set();
  });
}
