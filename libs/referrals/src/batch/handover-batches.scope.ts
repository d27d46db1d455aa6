import type { Uuid } from '@fil-rouge/kernel';
import { employedOn } from '@fil-rouge/users';
import { mostCases, type Leaving } from './handover-batch';
import type { NewItem } from './handover-batch.drawing.decider';
import type { Colleague, Destination, LedCase, Proposal } from './handover-batch.policy';

/** What a proposal is made from; rows come as JSON, in one round trip. */
export interface Scope {
  cases: (LedCase & { structureId: Uuid })[];
  destinations: Destination[];
  colleagues: Colleague[];
}

const employedToday = `e.role in ('counsellor', 'manager') and ${employedOn('e', `($1::jsonb->>'today')::date`)}`;

/** @param cases the function that knows which cases may be handed over: the caller's, or (worker) all */
const scopeOf = (cases: string): string => /* sql */ `
  select
    (select coalesce(json_agg(json_build_object('caseId', c.case_id, 'structureId', c.structure_id, 'counsellorId', c.counsellor_id, 'commune', c.commune, 'themes', c.themes, 'objections', c.objections)
       order by c.case_id), '[]')
     from (select * from ${cases}(($1::jsonb->>'structureId')::uuid, ($1::jsonb->>'userId')::uuid) order by case_id limit ${mostCases}) c) as cases,
    (select coalesce(json_agg(json_build_object('id', s.id, 'services', s.services, 'communes', s.communes, 'departement', s.departement,
       'acceptsReferrals', s.accepts_referrals, 'capacity', s.capacity, 'placedAt', to_json(array(select distinct e.placed_at from employment e where e.structure_id = s.id and e.placed_at is not null and ${employedToday})), 'receivesAt', to_json(array(select distinct p.commune from place p where p.structure_id = s.id and p.status = 'open')), 'openCases', coalesce(l.open_cases, 0)) order by s.id), '[]')
     from structure s left join (select structure_id, sum(open_cases) as open_cases from open_case_loads() group by 1) l on l.structure_id = s.id
     where s.status = 'active' and (s.staffed is null or s.staffed @> ($1::jsonb->>'today')::date)) as destinations,
    (select coalesce(json_agg(json_build_object('userId', e.user_id, 'structureId', e.structure_id, 'role', e.role, 'placedAt', e.placed_at, 'openCases', coalesce(l.open_cases, 0)) order by e.user_id, e.role), '[]')
     from (select user_id, structure_id, role, coalesce(array_agg(distinct placed_at) filter (where placed_at is not null), '{}') as placed_at from employment e
           where structure_id in (($1::jsonb->>'structureId')::uuid, ($1::jsonb->>'toStructureId')::uuid) and ${employedToday} group by 1, 2, 3) e
       left join open_case_loads() l on l.structure_id = e.structure_id and l.user_id = e.user_id) as colleagues`;

export const scopeForTheCaller = scopeOf('cases_i_may_hand_over');
export const scopeForTheWorker = scopeOf('cases_to_hand_over');

export const scopeParams = ({ structureId, userId, toStructureId }: Leaving, today: string) => ({
  structureId,
  userId,
  toStructureId,
  today,
});

export const newItems = (
  cases: readonly LedCase[],
  proposals: readonly (Proposal | null)[],
  newId: () => Uuid,
): NewItem[] =>
  cases.map(({ caseId }, index) => {
    const proposal = proposals[index];
    return {
      itemId: newId(),
      caseId,
      handoverId: newId(),
      proposal: proposal ? { ...proposal, because: [...proposal.because] } : null,
    };
  });
