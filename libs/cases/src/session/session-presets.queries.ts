import { Injectable } from '@nestjs/common';
import { localDateOf, notFound, type Uuid } from '@fil-rouge/kernel';
import { Clock, instantOf, Reads, type Caller } from '@fil-rouge/platform';
import type { PresetQuery, SessionPreset } from './session-presets.dto';

interface PresetRead {
  /** Null: nothing was recorded there yet. */
  id: Uuid | null;
  case_id: Uuid | null;
  date: string;
  minutes: number;
  place: string;
  commune: string | null;
  themes: string[];
  equipment: string[];
  place_id: Uuid | null;
  place_name: string | null;
  place_commune: string | null;
}

const said = 's.id, s.case_id, s.date, s.minutes, s.place, s.commune, s.themes, s.equipment';
const at = 'p.id as place_id, p.name as place_name, p.commune as place_commune';
const openPlace = `left join place p on p.id = s.place_id and p.status = 'open'`;
const own = `s.structure_id = me_structure() and s.status = 'recorded'`;

/** `between`, and the order begins with the column: the first row of the index by author, as in the list. */
const last = `select ${said}, ${at} from (
  select * from session_entry s where ${own} and s.author_id between me_user() and me_user() order by s.author_id desc, s.date desc, s.id desc limit 1) s ${openPlace}`;

const like = `select ${said}, ${at} from session_entry s ${openPlace} where ${own} and s.id = ($1->>'like')::uuid`;

/** Of the place's last two hundred: whoever has not been there for longer begins with what the place says. */
const there = `select ${said}, ${at} from place p left join lateral (
  select * from (
    select * from session_entry s where ${own} and s.place_id between p.id and p.id order by s.place_id desc, s.date desc, s.id desc limit 200) s
  where s.author_id = me_user() order by s.date desc, s.id desc limit 1) s on true
where p.structure_id = me_structure() and p.status = 'open' and p.id = ($1->>'placeId')::uuid`;

const planned = `select p.id, p.case_id, p.at, p.minutes, p.place, p.place_id, l.name as place_name, l.commune as place_commune
from appointment p left join place l on l.id = p.place_id
where p.structure_id = me_structure() and p.status = 'planned' and p.id = ($1->>'appointment')::uuid`;

interface PlannedRead {
  id: Uuid;
  at: string;
  minutes: number;
  place: string;
  place_id: Uuid | null;
  place_name: string | null;
  place_commune: string | null;
}

/** What a form begins with, so that nothing is typed that was typed before: codes only, nothing that was said of anybody. */
@Injectable()
export class SessionPresetsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** Problems: 404 when the session, the place or the appointment is none of the structure's, the place has closed, or the appointment is over. */
  async one(caller: Caller, { like: id, placeId, appointment }: PresetQuery): Promise<SessionPreset> {
    if (appointment !== undefined) return this.asPlanned(caller, appointment);
    const select = id ? like : placeId ? there : last;
    const [row] = await this.reads.rows<PresetRead>(
      caller,
      select,
      { like: id, placeId },
      { audit: { action: 'session.preset', shownIn: 'case_id' } },
    );
    if (!row && (id || placeId)) throw notFound();
    const date = localDateOf(this.clock.now());
    return row ? presetOf(row, date) : { session: { date } };
  }

  private async asPlanned(caller: Caller, appointment: Uuid): Promise<SessionPreset> {
    const audit = { action: 'session.preset', shownIn: 'case_id' };
    const [row] = await this.reads.rows<PlannedRead>(caller, planned, { appointment }, { audit });
    if (!row) throw notFound();
    return {
      session: {
        date: localDateOf(instantOf(row.at)),
        minutes: row.minutes,
        place: row.place,
        ...(row.place_id === null ? {} : { placeId: row.place_id }),
        ...(row.place_commune === null ? {} : { commune: row.place_commune }),
        appointmentId: row.id,
      },
      ...(row.place_name === null ? {} : { placeName: row.place_name }),
    };
  }
}

function presetOf(row: PresetRead, date: string): SessionPreset {
  const commune = row.place_commune ?? row.commune;
  return {
    session: {
      date,
      ...(row.id === null
        ? { place: 'lieu_activite' }
        : { minutes: row.minutes, place: row.place, themes: row.themes, equipment: row.equipment }),
      ...(row.place_id === null ? {} : { placeId: row.place_id }),
      ...(commune === null ? {} : { commune }),
    },
    ...(row.place_name === null ? {} : { placeName: row.place_name }),
    ...(row.id === null ? {} : { basedOn: { id: row.id, date: row.date } }),
  };
}
