/**
 * The built panel's files, served. The list is made once when the service starts and a request names one of it or nothing,
 * so no path from outside ever reaches the disk.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { Denied } from './service-gate.ts';

/** Request path (`/panel.js`) → absolute file. */
export type PanelFiles = ReadonlyMap<string, string>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
};

/** Throws where the panel is not built. */
export async function panelFiles(folder: string): Promise<PanelFiles> {
  const files = new Map<string, string>();
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries)
    if (entry.isFile() && extname(entry.name) in TYPES) files.set(`/${entry.name}`, join(folder, entry.name));
  const page = files.get('/index.html');
  if (!page)
    throw new Error(`The panel is not built: ${join(folder, 'index.html')} is not there. Run: npm run build`);
  files.set('/', page);
  return files;
}

export async function sendPanelFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  files: PanelFiles,
): Promise<void> {
  const file = files.get(path);
  if (!file) throw new Denied(404, 'not-found', 'there is no such file');
  const type = TYPES[extname(file)]!;
  const bytes = await readFile(file);
  const body = type.startsWith('text/html') ? withPolicy(bytes.toString('utf8'), response) : bytes;
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** React Aria adds one style element of its own; the nonce lets in that one and no inline style or script besides. */
function withPolicy(html: string, response: ServerResponse): Buffer {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  return Buffer.from(html.replace('<head>', `<head>\n    <meta name="csp-nonce" content="${nonce}" />`));
}
