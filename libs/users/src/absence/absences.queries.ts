import { Injectable } from '@nestjs/common';
import { forbidden, localDateOf, notFound, type Uuid } from '@fil-rouge/kernel';
import {
  asked,
  Clock,
  cursorOf,
  limitOf,
  pageOf,
  Reads,
  type Asking,
  type Caller,
  type Page,
  type PageQuery,
  type Rows,
  type Select,
} from '@fil-rouge/platform';
import { mayReadPeople } from '../person/person.policy';
import type { AbsenceResponse } from './absences.dto';

const named = (id: string): string =>
  `(select json_build_object('id', a.id, 'name', a.name) from account a where a.id = ${id})`;
const columns = `b.id, ${named('b.user_id')} as person, b.from_date as "from", b.until_date as "until", ${named('b.deputy_id')} as deputy`;

const oneSql = `select ${columns} from absence b where b.structure_id = ($1->>'structureId')::uuid and b.id = ($1->>'absenceId')::uuid`;

// Beside each page whether there is such a structure: of none nothing is said but that.
const after = asked({
  after: `(b.until_date, b.from_date, b.id) > (($1->'after'->>0)::date, ($1->'after'->>1)::date, ($1->'after'->>2)::uuid)`,
});
const listSql: Select = (params) => /* sql */ `
  select ${columns} from absence b
  where b.structure_id = ($1->>'structureId')::uuid and b.until_date >= ($1->>'today')::date and not b.ended${after(params)}
  order by b.until_date, b.from_date, b.id limit ($1->>'limit')::integer + 1`;

/** Who is away in a structure, or is to be: for its own people and whoever else may know who works there. */
@Injectable()
export class AbsencesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  asking(caller: Caller, structureId: Uuid, absenceId: Uuid): Asking {
    return this.reads.asking(caller, oneSql, { structureId, absenceId });
  }

  async one(caller: Caller, structureId: Uuid, absenceId: Uuid, rows?: Rows): Promise<AbsenceResponse> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, structureId, absenceId)))) as AbsenceResponse[];
    if (!row) throw notFound();
    return row;
  }

  /** The first over first. Problems: 404 unknown structure, 403 another structure's people. */
  async list(caller: Caller, structureId: Uuid, query: PageQuery): Promise<Page<AbsenceResponse>> {
    const [structure] = await this.reads.rows(
      caller,
      `select id from structure where id = ($1->>'structureId')::uuid`,
      { structureId },
    );
    if (!structure) throw notFound('There is no structure of this id.');
    if (!mayReadPeople(caller.session, structureId))
      throw forbidden('Only its own people, coordinators and administrators see who works in a structure.');
    const [limit, today] = [limitOf(query), localDateOf(this.clock.now())];
    const rows = await this.reads.rows<AbsenceResponse>(caller, listSql, {
      ...{ structureId, today, limit, after: cursorOf(query) },
    });
    return pageOf(
      rows,
      limit,
      ({ until, from, id }) => [until, from, id],
      (row) => row,
    );
  }
}
