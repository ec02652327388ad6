/**
 * Sets data-theme on the page: from the editor's own skin where there is one (CEP), else from the system. A page that
 * comes with a data-theme keeps it.
 */

interface CepSkin {
  getHostEnvironment(): string;
  addEventListener(type: string, listener: () => void): void;
}

const SKIN_CHANGED = 'com.adobe.csxs.events.ThemeColorChanged';

export type Theme = 'dark' | 'light';

/** The theme nearest to a panel background, each part 0–255. */
export function themeOfGround(red: number, green: number, blue: number): Theme {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 127 ? 'light' : 'dark';
}

/** Reads CEP's host environment (JSON); dark where it does not say, as Premiere is. */
export function themeOfSkin(environment: string): Theme {
  const found = JSON.parse(environment) as {
    appSkinInfo?: { panelBackgroundColor?: { color?: { red: number; green: number; blue: number } } };
  };
  const colour = found.appSkinInfo?.panelBackgroundColor?.color;
  return colour ? themeOfGround(colour.red, colour.green, colour.blue) : 'dark';
}

export function followTheme(page: Window): void {
  const root = page.document.documentElement;
  if (root.hasAttribute('data-theme')) return;
  const cep = (page as Window & { __adobe_cep__?: CepSkin }).__adobe_cep__;
  const light = page.matchMedia('(prefers-color-scheme: light)');
  const set = () =>
    root.setAttribute(
      'data-theme',
      cep ? themeOfSkin(cep.getHostEnvironment()) : light.matches ? 'light' : 'dark',
    );
  set();
  if (cep) cep.addEventListener(SKIN_CHANGED, set);
  else light.addEventListener('change', set);
}
