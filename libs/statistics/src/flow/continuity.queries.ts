import { Injectable } from '@nestjs/common';
import { localDateOf } from '@fil-rouge/kernel';
import { Clock, instantOf, Reads, type Caller, type Rows } from '@fil-rouge/platform';
import { epciOf } from '@fil-rouge/users';
import { withEpci, type Cell } from '../figure/figure';
import type { Told } from '../figure/figure.disclosure';
import { isOwn } from '../figure/figure.period';
import type { ContinuityNow, ContinuityQuery, ContinuityResponse } from './continuity.dto';
import { flowsAskedFor, isPeer, quartersOf } from './flow.period';
import { ownFlowFigures, toldFlowFigures, type Names } from './flow.view';
import { nowDefinition } from './flow.words';
import { ownFlows, toldFlows } from './flows.sql';

interface Own {
  cells: Cell[];
  names: Names;
}
interface Quarter {
  counted_at: string;
  cells: Told[];
  names: Names;
}

const nowOpen = 'select null::uuid as id, continuity_now($1) as open';
const audit = { action: 'continuity.read' };
/** As many as are told of, and as are looked at while somebody waits. */
const bounds = { most: 200, mostRead: 10_000 };

/** Whether the thread holds: what is open now, and a period's figures; one's own counted as they stand, those of several structures as they were told of their quarters. */
@Injectable()
export class ContinuityQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async continuity(caller: Caller, query: ContinuityQuery): Promise<ContinuityResponse> {
    const now = this.clock.now();
    const { role } = caller.session;
    const asked = flowsAskedFor(query, role, localDateOf(now));
    const { scope, side, from, to } = asked;
    const own = isOwn(scope);
    const peer = isPeer(role, scope);
    const figures = this.reads.asking(caller, own ? ownFlows : toldFlows, { from, to, side: side ?? null }, { audit });
    const [found, open] = await this.reads.together([
      figures,
      ...(peer ? [] : [this.reads.asking(caller, nowOpen, { now, ...bounds })]),
    ]);
    const said = { scope, ...(side ? { side } : {}), from, to, ...(peer ? { inFives: true } : {}), ...openOf(open) };
    if (own) {
      const [{ cells, names }] = found as unknown as [Own];
      return { ...said, ...ownFlowFigures(withEpci(cells, epciOf), names, side!) };
    }
    const quarters = found as unknown as Quarter[];
    const missing = quartersOf(asked) - quarters.length;
    const counted = quarters.map(({ counted_at }) => instantOf(counted_at)).toSorted()[0];
    return {
      ...said,
      ...(counted ? { countedAt: counted } : {}),
      ...(missing > 0 ? { missingQuarters: missing } : {}),
      ...toldFlowFigures(
        quarters.map(({ cells }) => cells),
        Object.assign({}, ...quarters.map(({ names }) => names)) as Names,
      ),
    };
  }
}

type Open = Omit<ContinuityNow, 'withoutLead' | 'more' | 'definition'> & { withoutLead: number | null; more: boolean };

/** Where there is none, `oldest` is null. */
function openOf(rows: Rows | undefined): { now?: ContinuityNow } {
  if (!rows) return {};
  const [{ open }] = rows as unknown as [{ open: Open }];
  const { withoutLead, more, total, byStructure } = open;
  const dated = <T extends { oldest?: string | null }>({ oldest, ...counts }: T) => ({
    ...counts,
    ...(oldest ? { oldest } : {}),
  });
  return {
    now: {
      ...(withoutLead === null ? {} : { withoutLead }),
      ...(more ? { more } : {}),
      total: dated(total),
      byStructure: byStructure.map(dated),
      definition: nowDefinition,
    },
  };
}
