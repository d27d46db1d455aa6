import { readTable } from '@fil-rouge/platform';
import { EliminationLine, EliminationSlip } from '../elimination/elimination.entity';

/** Slips and what became of the records on them, for who may erase. That a record was on one outlives it: these rows follow from the register. */
export const eliminations = [
  ...readTable(EliminationSlip, { of: 'register_id', person: `me_role() = 'administrator'`, worker: true }),
  ...readTable(EliminationLine, { of: 'register_id', person: `me_role() = 'administrator'`, worker: true }),
];
