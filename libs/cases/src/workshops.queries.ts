import { Injectable } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { asked, cursorOf, instantOf, limitOf, openPiece, pageOf, Reads, Sealing, type Caller, type Page, type PageQuery, type Select } from '@fil-rouge/platform';
import { personNamed, structureNamed, type Named } from './names.sql';
import type { Anonymous } from './workshop';
import type { WorkshopShown } from './workshops.dto';

interface WorkshopRowRead {
  id: Uuid;
  structure: Named;
  actor: Named | null;
  date: string;
  minutes: number;
  place: string;
  commune: string | null;
  themes: string[];
  level: string | null;
  participants: Uuid[];
  anonymous: Anonymous;
  recorded_at: string;
  key: string | null;
  text_event: Uuid | null;
  text: string | null;
}

/** Opened for the page's rows only; the first event of the record holds the title. */
const shown = `
  w.id, ${structureNamed('w.structure_id')} as structure, ${personNamed('w.author_id')} as actor, w.date, w.minutes, w.place, w.commune, w.themes, w.level,
  w.participants, w.anonymous, w.recorded_at, key_of(w.id) as key, t.event_id as text_event, t.ciphertext as text`;
const title = `left join piece t on t.stream_id = w.id and t.kind = 'shared_text' and t.shared_by is null and t.seq = 1`;

const filters = asked({ after: `(w.recorded_at, w.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)` });
const list: Select = (params) => `
select ${shown} from (
  select * from workshop w where w.structure_id = me_structure()${filters(params)}
  order by w.recorded_at desc, w.id desc limit ($1->>'limit')::integer
) w ${title} order by w.recorded_at desc, w.id desc`;

const one = `select ${shown} from workshop w ${title} where w.structure_id = me_structure() and w.id = ($1->>'workshopId')::uuid`;

/** The workshops of the caller's structure; no other sees them. */
@Injectable()
export class WorkshopsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  /** Newest first. */
  async list(caller: Caller, query: PageQuery): Promise<Page<WorkshopShown>> {
    const rows = await this.reads.rows<WorkshopRowRead>(caller, list, { limit: limitOf(query) + 1, after: cursorOf(query) }, { audit: { action: 'workshop.list' } });
    return pageOf(rows, limitOf(query), ({ recorded_at, id }) => [recorded_at, id], (row) => this.show(row));
  }

  async one(caller: Caller, workshopId: Uuid): Promise<WorkshopShown> {
    const [row] = await this.reads.rows<WorkshopRowRead>(caller, one, { workshopId }, { audit: { action: 'workshop.read' } });
    if (!row) throw notFound();
    return this.show(row);
  }

  private show(row: WorkshopRowRead): WorkshopShown {
    const text = row.key && row.text_event && row.text ? openPiece(this.sealing, row.key, row.id, row.text_event, 'shared_text', row.text) : {};
    return {
      id: row.id,
      title: typeof text['title'] === 'string' ? text['title'] : '',
      date: row.date,
      minutes: row.minutes,
      place: row.place,
      ...(row.commune ? { commune: row.commune } : {}),
      themes: row.themes,
      ...(row.level ? { level: row.level } : {}),
      structure: row.structure,
      actor: row.actor,
      participants: row.participants.map((caseId) => ({ caseId })),
      anonymous: row.anonymous,
      recordedAt: instantOf(row.recorded_at),
    };
  }
}
