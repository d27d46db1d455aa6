import type { RecordEvent } from '@fil-rouge/kernel';
import { initialCase } from '@fil-rouge/cases';
import { initialHandover, type Handover, type HandoverRecord } from './handover';
import { projectHandover } from './handover.projection';

const handover: Handover = {
  id: 'h',
  kind: 'push',
  status: 'proposed',
  version: 1,
  from: 'lead',
  to: 'other',
  fromCounsellor: 'a',
  toCounsellor: null,
  by: 'a',
  blind: false,
  effectiveAt: null,
  createdAt: '2026-11-23T09:00:00.000Z',
  createdSeq: 5,
  endedAt: null,
  reminded: 0,
  note: 'event-5',
};
const empty: HandoverRecord = { case: initialCase, handover: initialHandover };
const event = (type: string, about: string | null = 'h', seq = 7): RecordEvent => ({
  id: `event-${seq}`,
  stream: 'case',
  seq,
  type,
  schema: 1,
  at: '2026-11-24T09:00:00.000Z',
  recordedAt: '2026-11-24T09:00:00.000Z',
  actor: 'a',
  structure: 'lead',
  data: {},
  pieces: [],
  about,
  audience: 'about',
});
const rowsAfter = (
  state: Partial<HandoverRecord['handover']>,
  happened: RecordEvent,
): Record<string, Record<string, unknown>[]> =>
  Object.fromEntries(
    projectHandover(empty, { ...empty, handover: { ...initialHandover, ...state } }, happened).map(({ call, rows }) => [
      call,
      rows as Record<string, unknown>[],
    ]),
  );

test('an open push: the whole row, and one for each side', () => {
  const rows = rowsAfter({ open: handover }, event('HandoverProposed'));
  expect(rows['put_handover']).toEqual([
    {
      id: 'h',
      case_id: 'case',
      version: 1,
      kind: 'push',
      status: 'proposed',
      from_structure_id: 'lead',
      to_structure_id: 'other',
      from_counsellor_id: 'a',
      to_counsellor_id: null,
      effective_at: null,
      created_at: '2026-11-23T09:00:00.000Z',
      due_at: '2026-12-07T22:59:59.999Z',
      ended_at: null,
      note_event: 'event-5',
      last_activity_at: '2026-11-24T09:00:00.000Z',
      created_seq: 5,
      by_user: 'a',
    },
  ]);
  expect(rows['put_handover_access']).toMatchObject([
    { $key: 'lead/h', structure_id: 'lead', box: 'sent', sheet_open: true, case_id: 'case' },
    {
      $key: 'other/h',
      structure_id: 'other',
      box: 'received',
      sheet_open: true,
      case_id: 'case',
      from_structure_id: 'lead',
    },
  ]);
  expect(rows['put_party']).toMatchObject([
    { about: 'h', structure_id: 'lead', stream_id: 'case', until_seq: null, reads_sheet: true },
    { about: 'h', structure_id: 'other', stream_id: 'case', until_seq: null, reads_sheet: true },
  ]);
});

test('a recipient that did not get the lead reads no further, and no longer the sheet', () => {
  for (const status of ['declined', 'withdrawn', 'expired', 'cancelled'] as const) {
    const rows = rowsAfter(
      { last: { ...handover, status, endedAt: '2026-11-24T09:00:00.000Z' } },
      event('HandoverDeclined'),
    );
    expect(rows['put_handover']).toMatchObject([{ status, ended_at: '2026-11-24T09:00:00.000Z' }]);
    expect(rows['put_party']).toMatchObject([
      { until_seq: null, reads_sheet: true },
      { until_seq: 7, reads_sheet: false },
    ]);
    expect(rows['put_handover_access']).toMatchObject([{ sheet_open: true }, { sheet_open: false }]);
  }
});

test('a new lead keeps both', () => {
  const rows = rowsAfter(
    { last: { ...handover, status: 'effective', endedAt: '2026-11-24T09:00:00.000Z' } },
    event('HandoverTookEffect'),
  );
  expect(rows['put_party']).toMatchObject([
    { until_seq: null, reads_sheet: true },
    { until_seq: null, reads_sheet: true },
  ]);
});

test('who asks blindly finds its own request, without case and lead, and reads no event but that', () => {
  const blind: Handover = { ...handover, kind: 'pull', status: 'requested', blind: true };
  for (const [state, type] of [
    [{ open: blind }, 'HandoverReminded'],
    [{ last: { ...blind, status: 'declined', endedAt: 'x' } as Handover }, 'HandoverDeclined'],
  ] as const) {
    const rows = rowsAfter(state, event(type));
    expect(rows['put_handover_access']).toMatchObject([
      { structure_id: 'lead', box: 'received', case_id: 'case', from_structure_id: 'lead' },
      {
        structure_id: 'other',
        box: 'sent',
        case_id: null,
        from_structure_id: null,
        from_counsellor_id: null,
        sheet_open: false,
      },
    ]);
    expect(rows['put_party']?.[1]).toMatchObject({ until_seq: 5, reads_sheet: false });
  }
});

test('an internal one has one side, a decision from outside was sent by neither', () => {
  const internal = rowsAfter(
    { last: { ...handover, kind: 'internal', status: 'effective', to: 'lead' } },
    event('HandoverTookEffect'),
  );
  expect(internal['put_handover_access']).toMatchObject([{ structure_id: 'lead', box: 'sent' }]);
  const administrative = rowsAfter(
    { last: { ...handover, kind: 'administrative', status: 'effective' } },
    event('HandoverTookEffect'),
  );
  expect(administrative['put_handover_access']).toMatchObject([{ box: 'received' }, { box: 'received' }]);
});

test("others' events change no row", () => {
  expect(
    projectHandover(empty, { ...empty, handover: { open: handover, last: null } }, event('SessionRecorded', null)),
  ).toEqual([]);
});
