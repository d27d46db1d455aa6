import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SettingsError, type Settings } from '@fil-rouge/platform';
import type { FastifyInstance } from 'fastify';

/** Whose network it is, for the door, the margin and what is printed. */
export interface Network {
  readonly name: string;
  readonly logo?: { readonly path: string; readonly type: string; readonly bytes: Buffer };
}

const pictures = {
  svg: { type: 'image/svg+xml', begins: /^(\u00ef\u00bb\u00bf)?\s*<(\?xml|!--|!doctype svg|svg)/i },
  png: { type: 'image/png', begins: /^\x89PNG\r\n/ },
};
/** Bytes: it comes with the first page, over a slow line too. */
const largest = 50_000;

/** Problems: a SettingsError for a logo that is none. */
export function readNetwork({ networkName, networkLogo }: Pick<Settings, 'networkName' | 'networkLogo'>): Network {
  if (networkLogo === undefined) return { name: networkName };
  const ending = /png$/i.test(networkLogo) ? 'png' : 'svg';
  const { type, begins } = pictures[ending];
  const bytes = contentOf(networkLogo);
  if (bytes.length > largest)
    throw new SettingsError([`NETWORK_LOGO must have at most ${largest / 1000} kB: it comes with the first page.`]);
  if (!begins.test(bytes.toString('latin1', 0, 200)))
    throw new SettingsError([`NETWORK_LOGO must hold what its name ends with: ${ending.toUpperCase()}.`]);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return { name: networkName, logo: { path: `/network-${hash}.${ending}`, type, bytes } };
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new SettingsError([`NETWORK_LOGO cannot be read (${(error as NodeJS.ErrnoException).code}).`]);
  }
}

/** `/network.json`, and the logo at an address that changes with it. Not of the contract: programs have no use for it. */
export function serveNetwork(server: FastifyInstance, { name, logo }: Network): void {
  server.get('/network.json', (_request, reply) =>
    reply.header('Cache-Control', 'no-cache').send({ name, logo: logo?.path }),
  );
  if (!logo) return;
  server.get(logo.path, (_request, reply) =>
    reply
      .headers({
        'Content-Type': logo.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        // Opened by itself a drawing is a page, and may hold a script.
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      })
      .send(logo.bytes),
  );
}
