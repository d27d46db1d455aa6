import { Injectable } from '@nestjs/common';
import { forbidden, localDateOf, notFound, weekdayValues, type Uuid, type Weekday } from '@fil-rouge/kernel';
import { Clock, Reads, type Asking, type Caller, type Rows } from '@fil-rouge/platform';
import { mayReadPeople } from '../person/person.policy';
import type { ContactsResponse } from './reception.dto';

interface Named {
  id: Uuid;
  name: string;
}
interface ContactsRead {
  id: Uuid;
  version: number;
  default: Named | null;
  rota: Partial<Record<Weekday, Named>>;
  today: Named | null;
}

const named = (id: string): string =>
  `(select json_build_object('id', a.id, 'name', a.name) from account a where a.id = ${id})`;

const contactsSql = /* sql */ `
  select s.id, s.version, ${named('c.default_id')} as default, ${named(`on_duty(s.id, ($1->>'today')::date)`)} as today,
    (select coalesce(json_object_agg(r.key, ${named('r.value::uuid')}), '{}') from jsonb_each_text(c.rota) r) as rota
  from structure s left join structure_contacts c on c.id = s.id where s.id = ($1->>'id')::uuid`;

/** Who answers in a structure: for its own people and whoever else may know who works there. */
@Injectable()
export class ReceptionQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  asking(caller: Caller, id: Uuid): Asking {
    return this.reads.asking(caller, contactsSql, { id, today: localDateOf(this.clock.now()) });
  }

  /** Problems: 404 unknown structure, 403 another structure's people. */
  async contacts(caller: Caller, id: Uuid, rows?: Rows): Promise<ContactsResponse> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, id)))) as ContactsRead[];
    if (!row) throw notFound('There is no structure of this id.');
    if (!mayReadPeople(caller.session, id))
      throw forbidden('Only its own people, coordinators and administrators see who works in a structure.');
    return {
      ...row,
      rota: weekdayValues.flatMap((weekday) => {
        const person = row.rota[weekday];
        return person ? [{ weekday, person }] : [];
      }),
    };
  }
}
