/** The resident's name beside a task, a notification, a participant: opened as far as who reads it may have it now. */
import { openPiece, type Sealing } from '@fil-rouge/platform';
import type { Uuid } from '@fil-rouge/kernel';
import { extentOf, maySee, type Reader } from './case.policy';
import type { ResidentNamed } from './cases.responses.dto';

/** As `residentNamed` reads it. */
export interface SealedName {
  readonly view: Reader;
  readonly record: Uuid;
  /** Null: erased. */
  readonly key: string | null;
  readonly first_name_event: Uuid | null;
  readonly first_name: string | null;
  readonly identity_event: Uuid | null;
  readonly identity: string | null;
}

/** Nothing where there is nobody to name, or nobody may be named to this reader. Problems: 409 `unreadable`. */
export function nameOf(sealed: SealedName | null | undefined, sealing: Sealing): { resident?: ResidentNamed } {
  const { view, record, key } = sealed ?? {};
  if (!sealed || !view || !record || !key || !maySee(view, 'name_beside')) return {};
  const opened = (kind: 'first_name' | 'identity'): ResidentNamed => {
    const [event, box] = [sealed[`${kind}_event`], sealed[kind]];
    return event && box ? openPiece(sealing, key, record, event, kind, box) : {};
  };
  const { firstName } = opened('first_name');
  const { lastName } = extentOf(view, 'name_beside') === 'all' ? opened('identity') : {};
  if (firstName === undefined && lastName === undefined) return {};
  return {
    resident: { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) },
  };
}
