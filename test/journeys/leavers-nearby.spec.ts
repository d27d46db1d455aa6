/** Where the cases of somebody who leaves could go: to who works where the resident lives, and not to whoever has fewest of them. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person } from './driver';

interface Item {
  caseId: string;
  resident?: { firstName?: string; lastName?: string; commune?: string; communeName?: string };
  proposal?: { counsellor?: { id: string }; because: string[] };
}
type Batch = { id: string; items: Item[] };

const [sable, laFleche, mamers] = ['72264', '72154', '72180'] as const;

describe('what is proposed for a leaver’s cases', () => {
  let system: TestSystem;
  let leaver: Person, manager: Person, coordinator: Person, administrator: Person, elsewhere: Person;
  let inSable: Person, inLaFleche: Person;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    [leaver, manager, coordinator, administrator, elsewhere, inSable, inLaFleche] = (await Promise.all(
      [
        'conseiller@departement-sarthe',
        'responsable@departement-sarthe',
        'coordinateur@departement-sarthe',
        'administrateur@departement-sarthe',
        'responsable@la-poste',
        'conseiller.pays-sabolien@departement-sarthe',
        'conseiller.pays-flechois@departement-sarthe',
      ].map(enter),
    )) as [Person, Person, Person, Person, Person, Person, Person];
    // Who works there has more to do than anybody else.
    for (const busy of [inSable, inLaFleche]) for (let n = 0; n < 3; n++) await busy.do('/v1/cases', newCase(sable));
  });
  afterAll(() => system.stop());

  const preview = async (who: Person): Promise<Batch> =>
    (await who.do('/v1/handover-batches', {
      kind: 'counsellor_leaves',
      userId: leaver.id,
      structureId: leaver.structureId,
      preview: true,
    })) as unknown as Batch;

  it('a resident of Sablé goes on with the counsellor of Sablé, one of Mamers not', async () => {
    const cases = new Map<string, string>();
    for (const commune of [sable, laFleche, mamers])
      cases.set((await leaver.do('/v1/cases', newCase(commune))).id, commune);
    const { items } = await preview(manager);
    const by = Object.fromEntries(items.map(({ caseId, proposal }) => [cases.get(caseId)!, proposal!]));
    expect(by[sable]).toMatchObject({
      counsellor: { id: inSable.id },
      because: ['same_structure', 'same_epci', 'load'],
    });
    expect(by[laFleche]).toMatchObject({
      counsellor: { id: inLaFleche.id },
      because: ['same_structure', 'same_epci', 'load'],
    });
    expect([inSable.id, inLaFleche.id]).not.toContain(by[mamers]!.counsellor!.id);
  });

  it('and when that one leaves, with who works in the next communauté de communes', async () => {
    const { items } = (await manager.do('/v1/handover-batches', {
      kind: 'counsellor_leaves',
      userId: inSable.id,
      preview: true,
    })) as unknown as Batch;
    expect(items.every(({ proposal }) => proposal!.because.includes('neighbouring_epci'))).toBe(true);
  });

  it('says whom each case is about to who leads it, before and after it is written down, and to nobody else who decides', async () => {
    const named = {
      firstName: 'Eulalie',
      lastName: expect.stringMatching(/^Essai/) as string,
      commune: expect.stringMatching(/^72/) as string,
      communeName: expect.any(String) as string,
    };
    const { items } = await preview(manager);
    expect(items.map(({ resident }) => resident)).toEqual(items.map(() => named));
    const { id } = await manager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: leaver.id });
    const read = async (who: Person) => (await who.try('GET', `/v1/handover-batches/${id}`)).body as unknown as Batch;
    expect((await read(manager)).items.map(({ resident }) => resident)).toEqual(items.map(() => named));
    for (const who of [coordinator, administrator]) {
      const seen = await read(who);
      expect(seen.items).toHaveLength(items.length);
      expect(JSON.stringify(seen)).not.toMatch(/Eulalie|Essai|commune"/);
    }
    expect((await elsewhere.try('GET', `/v1/handover-batches/${id}`)).status).toBe(404);
    const auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    const entries = (await auditor.all(
      `/v1/audit/entries?action=handover-batch.read&userId=${manager.id}`,
    )) as unknown as { shown?: string[] }[];
    expect(entries.some(({ shown }) => items.every(({ caseId }) => shown?.includes(caseId)))).toBe(true);
  });

  it('does not say it any more to who has handed the case over', async () => {
    const {
      items: [batch],
    } = (await manager.get('/v1/handover-batches')) as unknown as { items: { id: string }[] };
    const { items } = (await manager.get(`/v1/handover-batches/${batch!.id}`)) as unknown as Batch;
    await coordinator.do(`/v1/cases/${items[0]!.caseId}/handovers`, {
      kind: 'administrative',
      toStructureId: elsewhere.structureId,
      reason: 'Décision.',
    });
    const after = (await manager.get(`/v1/handover-batches/${batch!.id}`)) as unknown as Batch;
    expect(after.items.map(({ resident }) => resident === undefined)).toEqual(items.map((_, at) => at === 0));
  });
});
