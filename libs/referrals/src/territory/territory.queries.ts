import { Injectable } from '@nestjs/common';
import { addCalendarDays, atParis, localDateOf, weekdayOf, weekdayValues } from '@fil-rouge/kernel';
import { Clock, instantOf, Reads, type Caller } from '@fil-rouge/platform';
import { TasksQueries } from '../tasks/tasks.queries';
import type { TerritoryResponse } from './territory.dto';

/** Whole weeks before this one in which an end is still to be seen, and in which residents are counted. */
const weeks = 13;
/** A commune, or a theme, of fewer residents would tell of one of them to who knows the referral, and must not know the resident. */
const fewestOfWatcher = 5;
const most = 100;
/** Referrals that are counted: more than a département has open, and few enough to count while somebody waits. */
const mostRead = 10_000;

type Glance = Omit<TerritoryResponse, 'since' | 'countedBy' | 'decisions' | 'more'> & { more: boolean };

/** The territory at a glance, in one round trip. */
@Injectable()
export class TerritoryQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly tasks: TasksQueries,
  ) {}

  async glance(caller: Caller): Promise<TerritoryResponse> {
    const now = this.clock.now();
    const today = localDateOf(now);
    const watches = caller.session.role === 'coordinator';
    const monday = addCalendarDays(today, -weekdayValues.indexOf(weekdayOf(today)));
    const since = addCalendarDays(monday, -7 * weeks);
    const countedBy = watches ? fewestOfWatcher : 1;
    const asked = {
      ...{ now, most, mostRead, since: atParis(since, '00:00'), atLeast: countedBy },
      // Until this week began: whoever compares two answers between which one referral was sent learns nothing of it.
      until: watches ? atParis(monday, '00:00') : now,
    };
    const first = { mine: watches, limit: 10 };
    const [rows, due] = await this.reads.together([
      this.reads.asking(caller, 'select null::uuid as id, territory_glance($1) as glance', asked, {
        audit: { action: 'territory.read' },
      }),
      this.tasks.askingList(caller, first),
    ]);
    const [
      {
        glance: { more, ...glance },
      },
    ] = rows as [{ glance: Glance }];
    return {
      since,
      countedBy,
      ...(more ? { more } : {}),
      ...glance,
      decisions: (await this.tasks.list(caller, first, due)).items,
      late: glance.late.map((one) => ({ ...one, lateSince: instantOf(one.lateSince) })),
    };
  }
}
