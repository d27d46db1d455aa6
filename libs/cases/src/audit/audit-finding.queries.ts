import { Injectable } from '@nestjs/common';
import { invalid, queryTokens } from '@fil-rouge/kernel';
import { instantOf, Reads, Sealing, type Caller } from '@fil-rouge/platform';
import { Turns } from '@fil-rouge/users';
import { structureNamed, type Named } from '../case/names.sql';
import type { FindingBody, FoundCase, FoundCases } from './audit-finding.dto';

const mostShown = 20;
/** A day's requests of residents. Whoever needs more is looking for somebody else. */
const mostPerDay = 60;
/** Letters. There are too many who share a shorter one. */
const shortestWord = 3;

interface FoundRow {
  id: string | null;
  status: string;
  commune: string;
  lead: Named | null;
  opened_at: string;
  last_activity_at: string;
  too_many: boolean;
}

// One row without a case where nobody is found: that somebody was looked for is written down all the same.
const foundSql = /* sql */ `
  with n as materialized (select id from cases_found($1) n(id))
  select c.*, exists (select from n where id is null) as too_many from (select 1) asked left join lateral (
    select f.id, f.status, f.commune, ${structureNamed('f.lead_structure_id')} as lead, f.opened_at, f.last_activity_at
    from n join case_file f on f.id = n.id
    order by f.last_activity_at desc, f.id desc limit ${mostShown + 1}) c on true`;

/** As it is written or as it sounds: whoever asked for beginnings would list the network, letters by letters. */
const whole = (token: string): boolean => !token.startsWith('b:');
const isWord = (group: readonly string[]): boolean => {
  const words = group.filter((token) => token.startsWith('w:'));
  return words.length > 0 && words.every((token) => token.length >= 'w:'.length + shortestWord);
};

/** Finds a case by what a resident says of themself, for somebody who audits: through the same keyed words as every search, with a reason. */
@Injectable()
export class AuditFinding {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly turns: Turns,
  ) {}

  /** The journal has the reason and the cases that were found, never what was asked. Problems: 422 when nobody is named, 429. */
  async find(caller: Caller, { reasonCode, ...asked }: FindingBody): Promise<FoundCases> {
    const groups = queryTokens(asked).map((group) => group.filter(whole));
    if (asked.phone === undefined && asked.email === undefined && !groups.some(isWord))
      throw invalid(
        '/name',
        'required',
        'Give a whole word of the name, of three letters at least, a phone or an e-mail.',
      );
    await this.turns.need(
      { of: `case found|${caller.session.userId}`, most: mostPerDay },
      'You have looked for many people today. Try again tomorrow.',
    );
    const words = groups.flatMap((group, n) => group.map((word) => ({ n, word: this.sealing.token('search', word) })));
    const params = { words, count: groups.length };
    const audit = { action: 'case.find', reason: reasonCode };
    const rows = await this.reads.rows<FoundRow>(caller, foundSql, params, { audit });
    const found = rows.filter(({ id }) => id !== null);
    return {
      items: found.slice(0, mostShown).map(shown),
      more: found.length > mostShown || rows.some(({ too_many }) => too_many),
    };
  }
}

const shown = ({ id, status, commune, lead, opened_at, last_activity_at }: FoundRow): FoundCase => ({
  id: id!,
  status,
  commune,
  ...(lead ? { lead } : {}),
  openedAt: instantOf(opened_at),
  lastActivityAt: instantOf(last_activity_at),
});
