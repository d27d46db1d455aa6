import { Code, instantOf } from '@fil-rouge/platform';
import { roleValues } from '@fil-rouge/kernel';
import { NamedId } from './auth.dto';
import type { SessionRow } from './sessions.queries';

/** One place where somebody is signed in. */
export class SessionResponse {
  id!: string;
  /** Whom it acts for. */
  structure!: NamedId;
  @Code(roleValues)
  role!: string;
  openedAt!: string;
  /** When it was last used, to two minutes. Half an hour later it ends. */
  activeAt!: string;
  /** When it ends by itself, in use or not. */
  expiresAt!: string;
  /** The one that asks. */
  current!: boolean;

  static from(row: SessionRow): SessionResponse {
    return {
      id: row.id,
      structure: { id: row.structure_id, name: row.structure_name },
      role: row.role,
      openedAt: instantOf(row.created_at),
      activeAt: instantOf(row.active_at),
      expiresAt: instantOf(row.expires_at),
      current: row.current,
    };
  }
}

export class SessionsResponse {
  /** Newest first, a hundred at most. */
  items!: SessionResponse[];
}

export class SessionsEndedResponse {
  /** How many were open. */
  ended!: number;
}
