import { Injectable, type StreamableFile } from '@nestjs/common';
import { localDateOf, notFound, Problem, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { Clock, instantOf, newId, Reads, Sealing, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { askedFor, keptFor, mostOfOne } from './export';
import { ExportFiles, passOf } from './export-files.service';
import { exportActions, type ExportBody, type ExportShown, type ExportsShown } from './exports.dto';
import {
  askForExport,
  fileOfExport,
  ownExport,
  ownExports,
  removeExport,
  type ExportRead,
  type FileRead,
} from './exports.sql';

/** One's own exports: to ask for one, to see how far it is, to fetch it. They are made by the worker (`export-runs.service.ts`). */
@Injectable()
export class ExportsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly files: ExportFiles,
  ) {}

  /** The same Idempotency-Key names the same export. Problems: 422, as `askedFor`; 422 when the key was used for something else. */
  async ask(caller: Caller, body: ExportBody): Promise<{ shown: ExportShown; replayed: boolean }> {
    const { row, format, columns, ...chosen } = body;
    const id = newId();
    const now = this.clock.now();
    const { key, hash } = caller.idempotency ?? {};
    const asked: JsonObject = {
      ...{ id, per: row, format, columns, now, filters: askedFor(row, chosen, caller.session, localDateOf(now)) },
      expiresAt: new Date(Date.parse(now) + keptFor).toISOString(),
      pass: passOf(this.sealing, id, caller),
      sealedWith: this.sealing.newKey(id).toString('hex'),
      ...(key ? { key, keyHash: hash! } : {}),
    };
    const [read] = await this.reads.rows<{ asked: { id: Uuid; hash: string | null } }>(
      caller,
      askForExport,
      { export: asked, most: mostOfOne },
      { audit: { action: 'export.asked', durable: true } },
    );
    if (key && read!.asked.hash !== hash)
      throw new Problem(
        'idempotency-key-reused',
        'This Idempotency-Key was already used for another request. Use a new key.',
      );
    return { shown: await this.one(caller, read!.asked.id), replayed: read!.asked.id !== id };
  }

  async list(caller: Caller): Promise<ExportsShown> {
    const rows = await this.reads.rows<ExportRead>(caller, ownExports, { now: this.clock.now() });
    return { items: rows.map(show) };
  }

  /** Problems: 404, also when it is somebody else's or has expired. */
  async one(caller: Caller, id: Uuid): Promise<ExportShown> {
    const [row] = await this.reads.rows<ExportRead>(caller, ownExport, { id, now: this.clock.now() });
    if (!row) throw notFound();
    return show(row);
  }

  /** Problems: 404 as `one`, and while it is not ready. */
  async file(caller: Caller, id: Uuid, reply: FastifyReply): Promise<StreamableFile> {
    const params = { id, now: this.clock.now() };
    const audit = { action: 'export.file' };
    const [row] = await this.reads.rows<FileRead>(caller, fileOfExport, params, { audit });
    if (!row) throw notFound();
    return this.files.send(caller, row, reply);
  }

  async remove(caller: Caller, id: Uuid): Promise<void> {
    const audit = { action: 'export.removed', durable: true } as const;
    const [read] = await this.reads.rows<{ removed: boolean }>(caller, removeExport, { id }, { audit });
    if (!read!.removed) throw notFound();
  }
}

function show(row: ExportRead): ExportShown {
  const { id, status, per, format, columns, counsellor, done, total, bytes, failure } = row;
  const { from, to } = row.filters;
  return {
    ...{ id, status, row: per, format, columns, rows: done },
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(counsellor ? { counsellor } : {}),
    ...(total === null ? {} : { total }),
    ...(status === 'ready' ? { bytes } : {}),
    ...(failure ? { failure } : {}),
    askedAt: instantOf(row.asked_at),
    ...(row.ended_at ? { endedAt: instantOf(row.ended_at) } : {}),
    expiresAt: instantOf(row.expires_at),
    actions: exportActions.filter((action) => action === 'remove' || status === 'ready'),
  };
}
