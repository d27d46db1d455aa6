import { Injectable } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { Reads, type Asking, type Caller, type Rows } from '@fil-rouge/platform';
import { tagsOf } from './session-lists.sql';
import type { SessionTagsShown } from './sessions.dto';

const tagsSql = /* sql */ `
  select s.id, coalesce(${tagsOf('s.id')}, '[]') as tags from session_entry s where s.id = ($1->>'sessionId')::uuid and s.structure_id = me_structure()
    and ($1->>'caseId')::uuid in (s.case_id, coalesce(visible_survivor(s.case_id), s.case_id))`;

/** By which labels a structure finds its own session again. */
@Injectable()
export class SessionTagsQueries {
  constructor(private readonly reads: Reads) {}

  asking(caller: Caller, caseId: Uuid, sessionId: Uuid): Asking {
    return this.reads.asking(caller, tagsSql, { caseId, sessionId });
  }

  /** Problems: 404 for another structure's session. */
  async tags(caller: Caller, caseId: Uuid, sessionId: Uuid, rows?: Rows): Promise<SessionTagsShown> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, caseId, sessionId)))) as SessionTagsShown[];
    if (!row) throw notFound();
    return row;
  }
}
