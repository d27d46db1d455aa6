import type { Context, RecordEvent } from '@fil-rouge/kernel';
import { evolveSilence, fallSilent, silentAt, type Silence } from './case.silence';

const event = (type: string, at: string, data = {}): RecordEvent => ({ type, at: `${at}T14:00:00.000Z`, data }) as RecordEvent;
const after = (...events: RecordEvent[]): Silence => events.reduce(evolveSilence, { days: 60 });
const opened = event('CaseOpened', '2026-01-05', { silenceDays: 60 });
const due = (silence: Silence, now: string) => fallSilent(silence, { now } as Context).map(({ type, data }) => [type, data['days']]);

describe('a silence', () => {
  it('lasts from the last entry to nine in the morning, in Paris, of the day', () => {
    expect(silentAt(after(opened))).toBe('2026-03-06T08:00:00.000Z');
    expect(due(after(opened), '2026-03-06T07:59:59.999Z')).toEqual([]);
    expect(due(after(opened), '2026-03-06T08:00:00.000Z')).toEqual([['CaseFellSilent', 60]]);
  });

  it.each(['SessionRecorded', 'WorkshopAttended'])('begins again with %s', (type) => {
    expect(silentAt(after(opened, event(type, '2026-02-05')))).toBe('2026-04-06T07:00:00.000Z');
  });

  it.each(['ResidentCorrected', 'SessionCorrected', 'ReferralSent', 'HandoverTookEffect'])('goes on through %s, which is no entry', (type) => {
    expect(silentAt(after(opened, event(type, '2026-02-05')))).toBe(silentAt(after(opened)));
  });

  it('is told once, until there is an entry again', () => {
    const told = after(opened, event('CaseFellSilent', '2026-03-06'));
    expect(due(told, '2027-01-01T00:00:00.000Z')).toEqual([]);
    expect(due(evolveSilence(told, event('SessionRecorded', '2026-03-10')), '2027-01-01T00:00:00.000Z')).toEqual([['CaseFellSilent', 60]]);
  });

  it('is nobody’s while the case is closed; reopened, it keeps the days that are promised then', () => {
    const closed = after(opened, event('CaseClosed', '2026-02-01'));
    expect(silentAt(closed)).toBeUndefined();
    expect(silentAt(evolveSilence(closed, event('CaseReopened', '2026-06-01', { silenceDays: 10 })))).toBe('2026-06-11T07:00:00.000Z');
  });
});
