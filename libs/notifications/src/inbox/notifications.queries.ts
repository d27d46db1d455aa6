import { Injectable } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { nameOf, residentNamed } from '@fil-rouge/cases';
import {
  asked,
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  pageOf,
  Reads,
  Sealing,
  type Caller,
  type Page,
  type Select,
} from '@fil-rouge/platform';
import { titleColumns, titleJoins } from './notification.sql';
import { NotificationDto, type NotificationRow, type NotificationsQuery } from './notifications.dto';

const rowsOf = (notifications: string) => `
  select n.id, n.type, n.at, n.structure_id, n.case_id, n.referral_id, n.handover_id, n.event_id, n.entries, n.cause, n.read_at,
    ${titleColumns}, n.resident, n.resident->>'record' as named
  from (select n.*, ${residentNamed('n.case_id', 'coalesce(n.referral_id, n.handover_id)')} as resident from ${notifications} n) n
    ${titleJoins}`;

const filters = asked({
  unread: 'n.read_at is null',
  after: `(n.at, n.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
const listSql: Select = (params) => `${rowsOf(`(
    select * from notification n where n.user_id = me_user() and n.structure_id = me_employer()${filters(params)}
    order by n.at desc, n.id desc limit ($1->>'limit')::int + 1)`)}
  order by n.at desc, n.id desc`;

const readSql = rowsOf(`read_notification(($1->>'id')::uuid, ($1->>'now')::timestamptz)`);

/** A person's inbox in the structure it is signed in for. */
@Injectable()
export class NotificationsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(caller: Caller, query: NotificationsQuery): Promise<Page<NotificationDto>> {
    const limit = limitOf(query);
    const params = { after: cursorOf(query), unread: query.unread === 'true' || null, limit };
    const rows = await this.reads.rows<NotificationRow>(caller, listSql, params, {
      audit: { action: 'notification.list', shownIn: 'named' },
    });
    return pageOf(rows, limit, ({ at, id }) => [instantOf(at), id], this.show);
  }

  /** Marks it as read; again changes nothing. Problems: 404 also for somebody else's. */
  async read(caller: Caller, id: Uuid): Promise<NotificationDto> {
    const [row] = await this.reads.rows<NotificationRow>(
      caller,
      readSql,
      { id, now: this.clock.now() },
      { audit: { action: 'notification.read', shownIn: 'named' } },
    );
    if (!row) throw notFound();
    return this.show(row);
  }

  private readonly show = evenUnreadable(
    (row: NotificationRow): NotificationDto => ({
      ...NotificationDto.from(row),
      ...nameOf(row.resident, this.sealing),
    }),
    (row) => ({ ...row, resident: null }),
  );
}
