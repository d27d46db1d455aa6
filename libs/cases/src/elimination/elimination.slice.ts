/** Rows of the register: each slip whole, and a line for each record on it. Pure. */
import type { Change, RecordEvent, Slice } from '@fil-rouge/kernel';
import {
  evolveRegister,
  isRegisterEvent,
  registerWrites,
  type RegisterRecord,
  type RegisterState,
} from './elimination';

export const registerSlice: Slice<RegisterState, RegisterRecord> = {
  kind: 'elimination',
  name: 'register',
  version: 1,
  initial: { last: 0, slip: null },
  writes: registerWrites,
  evolve: evolveRegister,
  project: ({ register: before }, { register: after }, event) => projectRegister(before, after, event),
};

function projectRegister(before: RegisterState, after: RegisterState, event: RecordEvent): Change[] {
  const { slip } = after;
  if (!isRegisterEvent(event) || !slip || before.slip === slip) return [];
  const row = {
    id: slip.slipId,
    register_id: event.stream,
    number: slip.number,
    state: slip.state,
    drawn_up_at: slip.drawnUpAt,
    drawn_up_by: slip.drawnUpBy,
    open: slip.open,
    closed: slip.closed,
    producers: slip.producers,
    first_month: slip.firstMonth,
    last_month: slip.lastMonth,
    hash: slip.hash,
    signed_at: slip.signedAt,
    signed_by: slip.signedBy,
    visa: slip.visa,
    erased: slip.erased,
    left_out: slip.leftOut,
    ended_at: slip.endedAt,
  };
  return [
    { call: 'put_elimination_slip', rows: [row] },
    { call: 'put_elimination_line', rows: linesOf(before, after, event) },
  ].filter(({ rows }) => rows.length > 0);
}

function linesOf({ slip: before }: RegisterState, { slip }: RegisterState, event: RecordEvent): object[] {
  if (!isRegisterEvent(event)) return [];
  const gone = event.type === 'SlipDrawnUp' ? [] : (before?.left ?? []).filter((line) => !slip!.left.includes(line));
  const line = ({ caseId, place }: { caseId: string; place: number }, state: string, because: string | null) => ({
    $key: `${slip!.slipId}/${caseId}`,
    slip_id: slip!.slipId,
    case_id: caseId,
    register_id: event.stream,
    place,
    state,
    because,
    ended_at: state === 'waiting' ? null : event.at,
  });
  switch (event.type) {
    case 'SlipDrawnUp':
      return slip!.left.map((one) => line(one, 'waiting', null));
    case 'RecordEliminated':
      return gone.map((one) => line(one, 'erased', null));
    case 'RecordLeftOut':
      return gone.map((one) => line(one, 'left_out', event.data.because));
    case 'SlipWithdrawn':
      return gone.map((one) => line(one, 'left_out', 'withdrawn'));
    case 'SlipSigned':
      return [];
  }
}
