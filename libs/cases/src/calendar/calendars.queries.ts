import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { Clock, Database, instantOf, Reads, type Caller } from '@fil-rouge/platform';
import type { CalendarAddressShown } from './calendars.dto';
import { calendarOf } from './calendar.view';

interface Planned {
  id: Uuid;
  at: string;
  minutes: number;
  place: string;
  placeName: string | null;
  version: number;
  madeAt: string;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Personal calendars behind secret addresses. The secret is 256 bits that nobody guesses and the database does not hold. */
@Injectable()
export class CalendarsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The address before it answers nothing any more. */
  async renew(caller: Caller): Promise<CalendarAddressShown> {
    const secret = randomBytes(32).toString('base64url');
    await this.reads.rows(
      caller,
      `select null::uuid as id, renew_calendar(decode($1->>'hash', 'hex'), ($1->>'now')::timestamptz)::text`,
      { hash: hashOf(secret).toString('hex'), now: this.clock.now() },
      { audit: { action: 'calendar.renewed', durable: true } },
    );
    return { address: `/v1/calendars/${secret}.ics` };
  }

  async revoke(caller: Caller): Promise<void> {
    const audit = { action: 'calendar.revoked', durable: true } as const;
    await this.reads.rows(caller, 'select null::uuid as id, revoke_calendar()::text', {}, { audit });
  }

  /** Whatever is asked for is hashed and looked for: a secret is not come nearer to by what an answer takes. Problems: 404. */
  async calendar(file: string): Promise<string> {
    const [row] = await this.database.query<{ planned: Planned[] | null }>(
      'calendar_of',
      'select calendar_of($1, $2) as planned',
      [hashOf(file.replace(/\.ics$/, '')), this.clock.now()],
    );
    if (!row?.planned) throw notFound('There is no calendar at this address, or no longer.');
    return calendarOf(
      row.planned.map(({ version, at, madeAt, ...entry }) => ({
        ...entry,
        at: instantOf(at),
        madeAt: instantOf(madeAt),
        sequence: version - 1,
      })),
    );
  }
}
