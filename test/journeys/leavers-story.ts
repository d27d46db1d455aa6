/** Batches of handovers as a client reads them. */
import type { View } from './driver';

export interface Destination {
  decision: string;
  structure: { id: string; name: string };
  counsellor?: { id: string };
  because?: string[];
}
export interface Item {
  caseId: string;
  status: string;
  proposal?: Destination;
  outcome?: string;
  failure?: string;
  handoverId?: string;
}
export interface Batch extends Omit<View, 'items' | 'status'> {
  status: string;
  kind: string;
  total: number;
  undecided: number;
  done: number;
  failed: number;
  remaining: number;
  items: Item[];
}
export interface Period {
  structure: { id: string };
  counsellor?: { id: string };
  from: string;
  until?: string;
}

export const batches = '/v1/handover-batches';
export const asBatch = (view: unknown): Batch => view as Batch;
