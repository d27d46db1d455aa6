import { Injectable } from '@nestjs/common';
import { forbidden, isStaff, notFound, type Uuid } from '@fil-rouge/kernel';
import { Reads, type Asking, type Caller, type Rows } from '@fil-rouge/platform';
import type { TagsResponse } from './tags.dto';

const tagsSql = /* sql */ `
  select s.id, s.version, coalesce(t.tags, '[]') as tags
  from structure s left join structure_tags t on t.id = s.id where s.id = ($1->>'id')::uuid`;

/** For the structure's own people. */
@Injectable()
export class TagsQueries {
  constructor(private readonly reads: Reads) {}

  asking(caller: Caller, id: Uuid): Asking {
    return this.reads.asking(caller, tagsSql, { id });
  }

  /** Problems: 404 unknown structure, 403 another structure's. */
  async tags(caller: Caller, id: Uuid, rows?: Rows): Promise<TagsResponse> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, id)))) as TagsResponse[];
    if (!row) throw notFound('There is no structure of this id.');
    if (!isStaff(caller.session) || caller.session.structureId !== id)
      throw forbidden('Only its own people read which labels a structure uses.');
    return row;
  }
}
