import type { Json, JsonObject, PieceKind, RecordKind, Uuid } from '@fil-rouge/kernel';
import type { Session } from '../access/session';
import type { State } from './slices';

/** What `load_records` gives for a decision. */
export interface Loaded {
  session: Session | null;
  rows: Record<string, JsonObject | null>;
  /** Of rows that lead to their record: its id. */
  recordOf: Record<string, Uuid | null>;
  replay: { hash: string; result: Json } | null;
  streams: Record<
    Uuid,
    {
      kind: RecordKind;
      version: number;
      hash: string;
      state: State;
      stateVersion: string;
      key: string | null;
      lastAt: string | null;
    }
  >;
  pieces: LoadedPiece[];
  /** Of events that rows name, each with its record's key. */
  named: (LoadedPiece & { key: string })[];
}

interface LoadedPiece {
  stream: Uuid;
  event: Uuid;
  kind: PieceKind;
  ciphertext: string;
}
