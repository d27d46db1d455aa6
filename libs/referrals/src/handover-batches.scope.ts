import type { Uuid } from '@fil-rouge/kernel';
import { mostCases, type Leaving } from './handover-batch';
import type { Colleague, Destination, LedCase, Proposal } from './handover-batch.policy';

/** What a proposal is made from; rows come as JSON, in one round trip. */
export interface Scope {
  cases: (LedCase & { structureId: Uuid })[];
  destinations: Destination[];
  colleagues: Colleague[];
}

/** @param cases the function that knows which cases may be handed over: the caller's, or (worker) all */
const scopeOf = (cases: string): string => /* sql */ `
  select
    (select coalesce(jsonb_agg(jsonb_build_object('caseId', c.case_id, 'structureId', c.structure_id, 'commune', c.commune, 'themes', c.themes, 'objections', c.objections)
       order by c.case_id), '[]')
     from (select * from ${cases}(($1::jsonb->>'structureId')::uuid, ($1::jsonb->>'userId')::uuid) order by case_id limit ${mostCases}) c) as cases,
    (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'services', s.services, 'communes', s.communes, 'departement', s.departement,
       'acceptsReferrals', s.accepts_referrals, 'capacity', s.capacity, 'openCases', coalesce(l.open_cases, 0)) order by s.id), '[]')
     from structure s left join (select structure_id, sum(open_cases) as open_cases from open_case_loads() group by 1) l on l.structure_id = s.id
     where s.status = 'active') as destinations,
    (select coalesce(jsonb_agg(jsonb_build_object('userId', e.user_id, 'structureId', e.structure_id, 'role', e.role, 'openCases', coalesce(l.open_cases, 0)) order by e.user_id, e.role), '[]')
     from (select distinct user_id, structure_id, role from employment
           where structure_id in (($1::jsonb->>'structureId')::uuid, ($1::jsonb->>'toStructureId')::uuid) and role in ('counsellor', 'manager') and not ended
             and from_date <= ($1::jsonb->>'today')::date and (until_date is null or ($1::jsonb->>'today')::date <= until_date)) e
       left join open_case_loads() l on l.structure_id = e.structure_id and l.user_id = e.user_id) as colleagues`;

export const scopeForTheCaller = scopeOf('cases_i_may_hand_over');
export const scopeForTheWorker = scopeOf('cases_to_hand_over');

export const scopeParams = ({ structureId, userId, toStructureId }: Leaving, today: string) => ({ structureId, userId, toStructureId, today });

/** An item's row when its batch is opened. */
export interface NewItem {
  id: Uuid;
  case_id: Uuid;
  handover_id: Uuid;
  proposed_structure_id: Uuid | null;
  proposed_user_id: Uuid | null;
  proposed_because: readonly string[];
}

export const newItems = (cases: readonly LedCase[], proposals: readonly (Proposal | null)[], newId: () => Uuid): NewItem[] =>
  cases.map(({ caseId }, index) => ({
    id: newId(),
    case_id: caseId,
    handover_id: newId(),
    proposed_structure_id: proposals[index]?.structureId ?? null,
    proposed_user_id: proposals[index]?.counsellorId ?? null,
    proposed_because: proposals[index]?.because ?? [],
  }));
