import type { Shape } from '../api/client';

/** Bytes, as the api takes them: more is not sent at all. */
export const largest = 10 * 1024 * 1024;

/** `340 Ko`, `1,2 Mo`. */
export function sizeOf(bytes: number): string {
  const [size, unit] =
    bytes < 1024 * 1024 ? [Math.max(1, Math.round(bytes / 1024)), 'Ko'] : [bytes / 1024 / 1024, 'Mo'];
  return `${size.toLocaleString('fr', { maximumFractionDigits: 1 })}\u00a0${unit}`;
}

export const tooLarge = ({ name, size }: File): string =>
  `« ${name} » pèse ${sizeOf(size)} et ne peut pas être envoyé : ${sizeOf(largest)} au plus. Numérisez-le en moins fin, ou en plusieurs fichiers.`;

const endings: Record<string, RegExp> = { pdf: /\.pdf$/i, jpeg: /\.jpe?g$/i, png: /\.png$/i };

/** A form of one part, as the api takes it. The contract has no type for a file but text. */
export const asForm = {
  bodySerializer: ({ file }: { file: string }): FormData => {
    const form = new FormData();
    form.append('file', file as unknown as File);
    return form;
  },
};
export const asBody = (file: File): { file: string } => ({ file: file as unknown as string });

/** Another file joined to the same entry is another act; the same one again, after a lost answer, is not. */
export const identityOf = ({ name, size, lastModified }: File): string => [name, size, lastModified].join('/');

/** What it holds says what it is, whatever it was called. */
export const saveFile = (content: Blob, { name = 'document', media }: Shape<'AttachmentShown'>): void =>
  saveAs(content, endings[media]?.test(name) ? name : `${name}.${media === 'jpeg' ? 'jpg' : media}`);

/** Hands it to the browser's downloads: a link alone would not say that our own page asks. */
export function saveAs(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
