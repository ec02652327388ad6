/**
 * Starts a real Chromium from npm packages alone (Linux x64): the browser, the libraries it needs and a font are unpacked
 * into a temporary folder, and only the child process sees them. Null, with the reason printed, where none starts.
 */
import { brotliDecompressSync } from 'node:zlib';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const require = createRequire(import.meta.url);

/** Packages by Chromium's version: what Premiere 22 to 24 has inside, the one nearest above that of 25 and later, and today's. */
const PACKAGES = {
  '88': 'chromium-88',
  '103': 'chromium-103',
  '147': '@sparticuz/chromium',
} as const;

export type ChromiumVersion = keyof typeof PACKAGES;

/** A browser; the caller closes it. */
export async function startChromium(version: ChromiumVersion = '147'): Promise<Browser | null> {
  try {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new Error('the packaged Chromium is for Linux x64');
    const folder = await unpacked(version);
    return await chromium.launch({
      executablePath: join(folder, 'chromium'),
      chromiumSandbox: false,
      // Not --single-process: it draws text differently and dies when a second page closes.
      args: [
        '--no-zygote',
        '--disable-gpu',
        '--disable-lcd-text',
        '--font-render-hinting=none',
        '--hide-scrollbars',
      ],
      env: {
        ...(process.env as Record<string, string>),
        LD_LIBRARY_PATH: `${join(folder, 'lib')}:${folder}`,
        FONTCONFIG_PATH: folder,
        FONTCONFIG_FILE: join(folder, 'fonts.conf'),
        HOME: folder,
      },
    });
  } catch (error) {
    console.log(
      `No Chromium ${version} starts here, so the panel is not tried in a browser: ${(error as Error).message.split('\n')[0]}`,
    );
    return null;
  }
}

/** The folder with `chromium`, `lib/` and `fonts.conf`; unpacked once a machine and version, whoever comes first. */
async function unpacked(chromiumVersion: ChromiumVersion): Promise<string> {
  const home = packageFolder(PACKAGES[chromiumVersion]);
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `baton-chromium-${chromiumVersion}-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(join(folder, 'chromium'))) return folder;
  const fresh = await mkdtemp(join(tmpdir(), 'baton-chromium-'));
  const bin = join(home, 'bin');
  await writeFile(join(fresh, 'chromium'), brotliDecompressSync(await readFile(join(bin, 'chromium.br'))));
  await chmod(join(fresh, 'chromium'), 0o755);
  // The old packages lack libraries that today's brings.
  const libraries = join(packageFolder(PACKAGES['147']), 'bin', 'al2023.tar.br');
  for (const archive of [libraries, join(bin, 'swiftshader.tar.br')])
    await untar(brotliDecompressSync(await readFile(archive)), fresh);
  await writeFile(join(fresh, 'fonts.conf'), fontsConf(folder));
  // Two test runs may unpack at once: the first to finish gives the folder its name, the other throws its own away.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  return folder;
}

function packageFolder(name: string): string {
  const folder = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url));
  if (existsSync(join(folder, 'bin'))) return folder;
  throw new Error(`${name} is not installed`);
}

function fontsConf(folder: string): string {
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`;
}

/** Plain files of a ustar archive; links and special files do not occur in these packages and are refused. */
async function untar(tar: Buffer, folder: string): Promise<void> {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const field = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).split('\0', 1)[0]!;
    const name = [field(345, 155), field(0, 100)].filter(Boolean).join('/');
    const size = parseInt(field(124, 12), 8);
    const type = field(156, 1);
    if (name.split('/').includes('..')) throw new Error(`the archive leaves its folder: ${name}`);
    const path = join(folder, name);
    if (type === '5') await mkdir(path, { recursive: true });
    else if (type === '0' || type === '') {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, tar.subarray(at + 512, at + 512 + size), { mode: 0o755 });
    } else if (type !== 'x' && type !== 'g') throw new Error(`the archive holds a "${type}" entry: ${name}`);
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
