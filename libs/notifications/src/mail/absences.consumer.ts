import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Consumer, instantOf, type Transaction } from '@fil-rouge/platform';
import type { Meeting } from './appointment.invites';
import { keepCalendars } from './calendars.service';
import { MailSettings } from './mail.settings';

interface PlannedRow extends Omit<Meeting, 'placeId'> {
  readonly placeId: Uuid | null;
  readonly counsellorId: Uuid;
}

/** Of whoever is away, and of those for whom they were to take over. */
const plannedSql = `
  select p.id, p.case_id as "caseId", p.version - 1 as sequence, to_json(p.at)#>>'{}' as at, p.minutes, p.place, p.place_id as "placeId", p.counsellor_id as "counsellorId"
  from (select $2::uuid as id union select b.user_id from absence b where b.structure_id = $1 and b.deputy_id = $2 and b.until_date >= $4) c
    join appointment p on p.structure_id = $1 and p.counsellor_id = c.id and p.status = 'planned' and p.at >= $3
  order by p.at, p.id`;

/** Who takes over from whom has changed: appointments that stand come into the colleague's calendar, or leave it. */
@Injectable()
export class AbsenceMails extends Consumer {
  static readonly interest = {
    name: 'absence-mail',
    events: ['AbsenceSaid', 'AbsenceCorrected', 'AbsenceEnded', 'StaffLeft'],
  };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect({ stream, data }: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!this.mail.smtpUrl) return;
    const rows = await transaction.query<PlannedRow>(plannedSql, [stream, data['userId'], now, localDateOf(now)]);
    for (const { counsellorId, placeId, at, ...row } of rows)
      await keepCalendars(
        {
          meeting: { ...row, at: instantOf(at), ...(placeId ? { placeId } : {}) },
          expected: { counsellorId, structureId: stream },
          changed: false,
        },
        this.mail,
        transaction,
        now,
      );
  }
}
