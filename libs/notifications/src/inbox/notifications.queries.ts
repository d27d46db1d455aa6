import { Injectable } from '@nestjs/common';
import { invalid, notFound, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { nameOf, residentNamed } from '@fil-rouge/cases';
import {
  asked,
  Clock,
  countOf,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  mostCounted,
  pageOf,
  Reads,
  Sealing,
  type Asking,
  type Caller,
  type ReadOptions,
  type Rows,
  type Select,
} from '@fil-rouge/platform';
import { titleColumns, titleJoins } from './notification.sql';
import {
  NotificationDto,
  type NotificationPage,
  type NotificationRow,
  type NotificationsQuery,
  type UnreadResponse,
} from './notifications.dto';

const rowsOf = (notifications: string) => `
  select n.id, n.type, n.at, n.structure_id, n.case_id, n.referral_id, n.handover_id, n.event_id, n.entries, n.cause, n.read_at,
    ${titleColumns}, pg_current_snapshot()::text as snapshot, n.resident, n.resident->>'record' as named
  from (select n.*, ${residentNamed('n.case_id', 'coalesce(n.referral_id, n.handover_id)')} as resident from ${notifications} n offset 0) n
    ${titleJoins}`;

const filters = asked({
  unread: 'n.read_at is null',
  after: `(n.at, n.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
const listSql: Select = (params) => `${rowsOf(`(
    select * from notification n where n.user_id = me_user() and n.structure_id = me_employer()${filters(params)}
    order by n.at desc, n.id desc limit ($1->>'limit')::int + 1)`)}
  order by n.at desc, n.id desc`;

const readAllSql = `select from read_notifications($1->>'snapshot', ($1->>'now')::timestamptz)`;
const readSql = rowsOf(`read_notification(($1->>'id')::uuid, ($1->>'now')::timestamptz)`);

/** Not among those told in another structure, and no further than is said. */
const unreadSql = `
  select count(*) as unread from (
    select from notification n where n.user_id = me_user() and n.structure_id = me_employer() and n.read_at is null limit ($1->>'most')::int + 1) found`;

/** What a page could show, said to whoever was shown it; to nobody else. */
const seal = ({ session }: Caller): string => `inbox|${session.userId}|${session.structureId}`;

export const unreadOf = ([row]: Rows): UnreadResponse => ({ unread: countOf((row as { unread: number }).unread) });

const listing = (query: NotificationsQuery): [Select, JsonObject, ReadOptions] => [
  listSql,
  { after: cursorOf(query), unread: query.unread === 'true' || null, limit: limitOf(query) },
  { audit: { action: 'notification.list', shownIn: 'named' } },
];

/** A person's inbox in the structure it is signed in for. */
@Injectable()
export class NotificationsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(caller: Caller, query: NotificationsQuery, read?: Rows): Promise<NotificationPage> {
    const limit = limitOf(query);
    const rows = (read ?? (await this.reads.rows(caller, ...listing(query)))) as NotificationRow[];
    const [first] = rows;
    return {
      ...pageOf(rows, limit, ({ at, id }) => [instantOf(at), id], this.show),
      ...(first ? { asOf: this.sealing.sealToken(seal(caller), { snapshot: first.snapshot }) } : {}),
    };
  }

  /** How many have not been read, up to a hundred. */
  async unread(caller: Caller): Promise<UnreadResponse> {
    return unreadOf(await this.reads.read(this.askingUnread(caller)));
  }

  /** What `list` and `unread` read. */
  askingList = (caller: Caller, query: NotificationsQuery): Asking => this.reads.asking(caller, ...listing(query));
  askingUnread = (caller: Caller): Asking => this.reads.asking(caller, unreadSql, { most: mostCounted });

  /** Marks as read all that was there when a page of the list was read: what has been told since stays unread. Again it changes nothing. Problems: 422 for what no list has given. */
  async readAll(caller: Caller, asOf: string): Promise<UnreadResponse> {
    const snapshot = this.sealing.openToken(seal(caller), asOf)?.['snapshot'];
    if (typeof snapshot !== 'string')
      throw invalid(
        '/asOf',
        'as-of',
        'This is not the `asOf` of a page of your notifications. Read the first page again.',
      );
    await this.reads.rows(caller, readAllSql, { snapshot, now: this.clock.now() });
    return this.unread(caller);
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
