import type { Uuid } from '@fil-rouge/kernel';
import type { Rows } from '@fil-rouge/platform';

/** What was read has ended in another record, and the reader may see that one. */
export class RecordMoved extends Error {
  override readonly name = 'RecordMoved';

  constructor(readonly survivorId: Uuid) {
    super(`The record goes on in ${survivorId}.`);
  }
}

/** The answer to a command shows the record as it stands now, wherever it has gone since: a repeated request is not sent elsewhere. */
export async function wherever<T>(
  caseId: Uuid,
  rows: Rows | undefined,
  read: (caseId: Uuid, rows?: Rows) => Promise<T>,
): Promise<T> {
  try {
    return await read(caseId, rows);
  } catch (error) {
    if (error instanceof RecordMoved) return read(error.survivorId);
    throw error;
  }
}
