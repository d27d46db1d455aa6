import type { Context, RecordEvent } from '@fil-rouge/kernel';
import { evolveSilence, fallSilent, silentAt, type Silence } from './case.silence';

const event = (type: string, at: string, data = {}): RecordEvent =>
  ({ type, at: `${at}T14:00:00.000Z`, data, pieces: [], about: null }) as object as RecordEvent;
/** What somebody wrote down at that time, and when it was. */
const entry = (type: string, at: string, on = at, about = 'session'): RecordEvent => ({
  ...event(type, at),
  about,
  pieces: [{ kind: 'shared_text', value: { date: on } }],
});
const after = (...events: RecordEvent[]): Silence => events.reduce(evolveSilence, { days: 60, entries: [] } as Silence);
const opened = event('CaseOpened', '2026-01-05', { silenceDays: 60 });
const due = (silence: Silence, now: string) =>
  fallSilent(silence, { now } as Context).map(({ type, data }) => [type, data['days']]);

describe('a silence', () => {
  it('lasts from the last entry to nine in the morning, in Paris, of the day', () => {
    expect(silentAt(after(opened))).toBe('2026-03-06T08:00:00.000Z');
    expect(due(after(opened), '2026-03-06T07:59:59.999Z')).toEqual([]);
    expect(due(after(opened), '2026-03-06T08:00:00.000Z')).toEqual([['CaseFellSilent', 60]]);
  });

  it.each(['SessionRecorded', 'WorkshopAttended'])('begins again with %s', (type) => {
    expect(silentAt(after(opened, entry(type, '2026-02-05')))).toBe('2026-04-06T07:00:00.000Z');
  });

  it('counts from the day on which something was done, whenever it was written down', () => {
    expect(silentAt(after(opened, entry('SessionRecorded', '2026-03-01', '2026-02-05')))).toBe(
      '2026-04-06T07:00:00.000Z',
    );
    expect(silentAt(after(opened, entry('SessionRecorded', '2026-03-01', '2025-12-01')))).toBe(silentAt(after(opened)));
    const corrected = after(
      opened,
      entry('SessionRecorded', '2026-03-01', '2026-02-05'),
      entry('SessionCorrected', '2026-03-02', '2026-01-20'),
    );
    expect(silentAt(corrected)).toBe('2026-03-21T08:00:00.000Z');
  });

  it('knows nothing of what was entered in error: what was before counts again', () => {
    const two = after(
      opened,
      entry('SessionRecorded', '2026-01-20', '2026-01-20', 'first'),
      entry('WorkshopAttended', '2026-02-05', '2026-02-05', 'second'),
    );
    expect(silentAt(evolveSilence(two, { ...event('AttendanceCancelled', '2026-02-06'), about: 'second' }))).toBe(
      '2026-03-21T08:00:00.000Z',
    );
    const none = after(opened, entry('SessionRecorded', '2026-02-05'), {
      ...event('SessionCancelled', '2026-02-06'),
      about: 'session',
    });
    expect(silentAt(none)).toBe(silentAt(after(opened)));
  });

  it.each(['ResidentCorrected', 'SessionCorrected', 'ReferralSent', 'HandoverTookEffect'])(
    'goes on through %s, which is no entry',
    (type) => {
      expect(silentAt(after(opened, event(type, '2026-02-05')))).toBe(silentAt(after(opened)));
    },
  );

  it('is told once, until there is an entry again', () => {
    const told = after(opened, event('CaseFellSilent', '2026-03-06'));
    expect(due(told, '2027-01-01T00:00:00.000Z')).toEqual([]);
    expect(due(evolveSilence(told, entry('SessionRecorded', '2026-03-10')), '2027-01-01T00:00:00.000Z')).toEqual([
      ['CaseFellSilent', 60],
    ]);
    // Written down only now, done before it was told: the same silence.
    expect(
      due(evolveSilence(told, entry('SessionRecorded', '2026-03-10', '2026-01-08')), '2027-01-01T00:00:00.000Z'),
    ).toEqual([]);
  });

  it('is nobody’s while the case is closed; reopened, it keeps the days that are promised then', () => {
    const closed = after(opened, event('CaseClosed', '2026-02-01'));
    expect(silentAt(closed)).toBeUndefined();
    expect(silentAt(evolveSilence(closed, event('CaseReopened', '2026-06-01', { silenceDays: 10 })))).toBe(
      '2026-06-11T07:00:00.000Z',
    );
  });
});
