/**
 * The loopback service behind `baton serve`: the built panel and a JSON door to one Desk and one Editor, on 127.0.0.1 only.
 * Nothing answers without the token that start() put in the address, from the service's own origin, or the plugin's token, for the
 * folders it was started for. It writes nothing but what the Desk and the Editor write.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Envelope } from '../loopback.ts';
import { apiMethods, failure, type Method, type Offered } from './service-api.ts';
import { changes, type Changes } from './service-changes.ts';
import { checkCaller, Denied, readArgs, take, type Door, type Gate } from './service-gate.ts';
import { panelFiles, sendPanelFile, type PanelFiles } from './service-panel.ts';
import { pluginMethods, type Methods } from './service-plugin.ts';

export interface ServiceOptions extends Offered {
  /** Absolute folder of the built panel (dist/panel). */
  panel: string;
  /** 0 or absent: a free one is chosen. */
  port?: number;
  /** Largest request body in bytes; 16 MiB where absent. */
  mostBytes?: number;
}

export interface Service {
  port: number;
  /** `http://127.0.0.1:4000`. */
  origin: string;
  /** The page's. */
  token: string;
  /** For a plugin that reads it from the service's file (service-file.ts); opens the desk alone, and needs no origin. */
  pluginToken: string;
  /** Beside it in that file: the plugin is told it, and knows by it who answers. */
  pluginProof: string;
  /** What to open in a browser; the token stands in the fragment, which browsers never send or log. */
  url: string;
  close(): Promise<void>;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** Throws where the port is taken or the panel is not built. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const files = await panelFiles(options.panel);
  const news = changes({ manifests: options.manifests, glance: options.desk.glance });
  const stopWatching = options.editor.watch?.(news.tell);
  const forPage = await pageMethods(options, news);
  const secret = () => randomBytes(32).toString('base64url');
  const pluginProof = secret();
  const methods: Record<Door, Methods> = {
    page: () => Promise.resolve(forPage),
    plugin: pluginMethods(options, pluginProof),
  };
  const gate: Gate = {
    host: '',
    token: secret(),
    pluginToken: secret(),
    mostBytes: options.mostBytes ?? MOST_BYTES,
  };
  const server = createServer(
    (request, response) => void answer(request, response, { files, methods, gate }),
  );
  server.requestTimeout = 60_000;
  server.headersTimeout = 10_000;
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  gate.host = `127.0.0.1:${port}`;
  const origin = `http://${gate.host}`;
  return {
    port,
    origin,
    token: gate.token,
    pluginToken: gate.pluginToken,
    pluginProof,
    url: `${origin}/#token=${gate.token}`,
    async close() {
      stopWatching?.();
      news.close();
      await close(server);
    },
  };
}

/** The API, and how a page hears of changes; what one page applied is news to the others. */
async function pageMethods(options: ServiceOptions, news: Changes): Promise<ReadonlyMap<string, Method>> {
  const api = await apiMethods({
    ...options,
    afterApply: async () => {
      await options.afterApply?.();
      news.tell('items');
    },
  });
  const heard: Method = (args) => news.since(take(z.tuple([z.int().nonnegative().nullable()]), args)[0]);
  return new Map([...api, ['service/changes', heard]]);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Serving {
  files: PanelFiles;
  methods: Record<Door, Methods>;
  gate: Gate;
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  secure(response);
  try {
    const { path, door } = checkCaller(request, serving.gate);
    if (path.startsWith('/api/')) {
      const method = (await serving.methods[door]()).get(path.slice('/api/'.length));
      if (!method) throw new Denied(404, 'unknown-method', 'the service has no such method');
      const args = await readArgs(request, serving.gate.mostBytes);
      send(response, 200, await carryOut(method, args));
    } else {
      await sendPanelFile(request, response, path, serving.files);
    }
  } catch (error) {
    if (error instanceof Denied) deny(response, error);
    else if (!response.headersSent) send(response, 500, failure(error));
    else response.destroy();
  }
}

/** The call was let in: whatever comes of it is an answer, and the envelope says which. */
async function carryOut(method: Method, args: unknown[]): Promise<Envelope<unknown>> {
  try {
    return { ok: true, value: (await method(args)) ?? null };
  } catch (error) {
    if (error instanceof Denied) throw error;
    return failure(error);
  }
}

function deny(response: ServerResponse, denied: Denied): void {
  // What the caller still sends is not read: the connection ends with the answer.
  response.setHeader('Connection', 'close');
  if (denied.allow) response.setHeader('Allow', denied.allow);
  send(response, denied.status, { ok: false, error: { code: denied.code, message: denied.message } });
}

function send(response: ServerResponse, status: number, envelope: Envelope<unknown>): void {
  const body = Buffer.from(JSON.stringify(envelope));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
}

/** For every answer; the panel's page adds its own content policy. There is no CORS header anywhere: no other origin may read. */
function secure(response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
}
