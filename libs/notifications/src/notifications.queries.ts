import { Injectable } from '@nestjs/common';
import { invalid, isInstant, notFound, type Uuid } from '@fil-rouge/kernel';
import { asked, Clock, cursorOf, instantOf, isUuid, limitOf, pageOf, Reads, type Caller, type Page, type Select } from '@fil-rouge/platform';
import { titleColumns, titleJoins } from './notification.sql';
import { NotificationDto, type NotificationRow, type NotificationsQuery } from './notifications.dto';

const rowsOf = (notifications: string) => `
  select n.id, n.type, n.at, n.structure_id, n.case_id, n.referral_id, n.handover_id, n.event_id, n.entries, n.read_at,
    ${titleColumns}
  from ${notifications} n
    ${titleJoins}`;

const filters = asked({
  unread: 'n.read_at is null',
  afterAt: `(n.at, n.id) < (($1->>'afterAt')::timestamptz, ($1->>'afterId')::uuid)`,
});
const listSql: Select = (params) => `${rowsOf('notification')}
  where n.user_id = me_user() and n.structure_id = me_employer()${filters(params)}
  order by n.at desc, n.id desc limit ($1->>'limit')::int + 1`;

const readSql = rowsOf(`read_notification(($1->>'id')::uuid, ($1->>'now')::timestamptz)`);

/** A person's inbox in the structure it is signed in for. */
@Injectable()
export class NotificationsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(caller: Caller, query: NotificationsQuery): Promise<Page<NotificationDto>> {
    const limit = limitOf(query);
    const params = { ...afterOf(query), unread: query.unread === 'true' || null, limit };
    const rows = await this.reads.rows<NotificationRow>(caller, listSql, params);
    return pageOf(rows, limit, ({ at, id }) => [instantOf(at), id], (row) => NotificationDto.from(row));
  }

  /** Marks it as read; again changes nothing. Problems: 404 also for somebody else's. */
  async read(caller: Caller, id: Uuid): Promise<NotificationDto> {
    const [row] = await this.reads.rows<NotificationRow>(caller, readSql, { id, now: this.clock.now() });
    if (!row) throw notFound();
    return NotificationDto.from(row);
  }
}

function afterOf(query: NotificationsQuery): { afterAt?: string; afterId?: string } {
  const cursor = cursorOf(query);
  if (cursor === null) return {};
  const [afterAt, afterId] = cursor;
  if (typeof afterAt === 'string' && isInstant(afterAt) && typeof afterId === 'string' && isUuid(afterId)) return { afterAt, afterId };
  throw invalid('?cursor', 'cursor', 'This cursor is not one of ours. Start again from the first page.');
}
