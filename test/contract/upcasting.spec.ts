/**
 * A new version of the product raises an event's schema: whatever reads the log then says what the upcaster says, and the chain still stands over what was
 * written. The deliveries of older events: test/platform/record-store.spec.ts.
 */
import { caseSlice } from '../../libs/cases/src/case/case.slice';
import { referralsSlice } from '../../libs/referrals/src/referral/referral.slice';
import { libraries } from '../../apps/system';
import { newCase, newReferral, Person, type View } from '../journeys/driver';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';

type Upcasters = Record<string, (data: Record<string, unknown>) => Record<string, unknown>>;

/** From here on those events are of an older schema; nothing of them changes in the log. */
function raise(slice: object, upcasters: Upcasters): void {
  const { writes } = slice as { writes: Record<string, number> };
  for (const key of Object.keys(upcasters)) writes[key.split('@')[0]!]!++;
  Object.assign(slice, { upcasters });
}

describe('an event of an older schema', () => {
  let system: TestSystem;
  let lead: Person;
  let auditor: Person;
  let caseId: string;
  let referralId: string;
  const referrals = libraries.flatMap(({ slices = [] }) => slices).find(({ name }) => name === referralsSlice().name)!;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    lead = await enter('conseiller');
    auditor = await enter('auditeur');
    const recipient = await enter('conseiller', 'la-poste');
    caseId = (await lead.do('/v1/cases', newCase())).id;
    referralId = (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId))).id;
    await recipient.do(`/v1/referrals/${referralId}/decline`, { reason: 'no_capacity' });
    await system.settle();
    raise(referrals, {
      'ReferralDeclined@1': ({ reason, ...data }) => ({ ...data, reason: `upcast-${reason as string}` }),
    });
    // A version in which the lead of a new case would stand elsewhere: whoever reads by its upcaster finds nobody.
    raise(caseSlice, { 'CaseOpened@1': ({ lead: _lead, ...data }) => data });
  });
  afterAll(() => system.stop());

  const upcast = 'upcast-no_capacity';

  it('stands in the timeline as the present one', async () => {
    const { items } = await lead.get(`/v1/cases/${caseId}/timeline?limit=100`);
    const entries = items as unknown as { type: string; data: { reason?: string } }[];
    expect(entries.filter(({ type }) => type === 'ReferralDeclined').map(({ data }) => data.reason)).toEqual([upcast]);
  });

  it('and in the history of the referral', async () => {
    const { history } = await lead.get(`/v1/referrals/${referralId}`);
    expect((history as View[]).map(({ reason }) => reason).filter((reason) => reason !== undefined)).toEqual([upcast]);
  });

  it('is verified as it was written, and read as it is understood now', async () => {
    const verification = await auditor.get(`/v1/audit/cases/${caseId}/verification`);
    expect(verification).toMatchObject({ chain: 'ok', continuity: 'gap', gaps: [{ kind: 'lead', seq: 1 }] });
  });

  it('is folded and projected as the present one', async () => {
    expect(await rebuild(system.database)).toEqual([]);
    expect(await system.database.query('select reason from referral where id = $1', [referralId])).toEqual([
      { reason: upcast },
    ]);
    const [row] = await system.database.query<{ lead: unknown }>(
      `select state->'case'->'lead' as lead from stream where id = $1`,
      [caseId],
    );
    expect(row).toEqual({ lead: null });
  });
});
