/** Small whole files for tests, and the form that a browser sends one in. */
import { crc32, deflateSync } from 'node:zlib';
import type { Answer, Person } from '../journeys/driver';

export const pdf = (text = 'Attestation.'): Buffer =>
  Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Title (${text}) >>\nendobj\nxref\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n`);

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
};

/** One white dot; `more` stands before it. */
export const png = (more: readonly (readonly [string, string])[] = []): Buffer => {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...more.map(([type, data]) => chunk(type, Buffer.from(data, 'latin1'))),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const segment = (code: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, code, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);
export const said = (code: number, text: string): Buffer => segment(code, Buffer.from(text, 'latin1'));

/** Exif as a telephone writes it: which way up, and where. */
export const exif = (way: number): Buffer => {
  const tiff = Buffer.alloc(8 + 2 + 24 + 4);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  for (const [at, tag, value] of [
    [10, 0x0112, way],
    [22, 0x8825, 26],
  ] as const) {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(3, at + 2);
    tiff.writeUInt32LE(1, at + 4);
    tiff.writeUInt16LE(value, at + 8);
  }
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPSLatitude 48.0061')]));
};

/** Two scans, as a progressive one has them; `more` stands before the frame. */
export const jpeg = (more: readonly Buffer[] = []): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...more,
    said(0xdb, 'table'),
    said(0xc2, 'frame'),
    said(0xc4, 'codes'),
    said(0xda, 'scan'),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    said(0xda, 'scan'),
    Buffer.from([5, 6]),
    Buffer.from([0xff, 0xd9]),
  ]);

export const form = (bytes: Buffer, name = 'attestation.pdf', part = 'file'): FormData => {
  const data = new FormData();
  data.append(part, new Blob([new Uint8Array(bytes)]), name);
  return data;
};

/** As a browser does it. */
export const upload = async (
  by: Person,
  path: string,
  bytes: Buffer,
  { name, headers = {} }: { name?: string; headers?: Record<string, string> } = {},
): Promise<Answer> => by.try('POST', path, { form: form(bytes, name), headers });
