import { newCase, newReferral, newSession, Person, type View } from './driver';
import { startSystem, type TestSystem } from '../support/system';

interface Entry {
  id: string;
  at: string;
  action: string;
  outcome: string;
  caseId?: string;
  target?: string;
}

describe('the journal', () => {
  let system: TestSystem;
  let auditor: Person;
  let counsellor: Person;
  let recipient: Person;
  beforeAll(async () => {
    system = await startSystem();
    system.clock.set('2027-03-09T09:00:00.000Z');
    auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
    recipient = await Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password);
  });
  afterAll(() => system.stop());

  const entries = async (query: Record<string, string>): Promise<Entry[]> =>
    (await auditor.get(`/v1/audit/entries?limit=100&${new URLSearchParams(query).toString()}`))
      .items as unknown as Entry[];

  describe('is asked for stretches of time as people say them, on the clocks of Paris', () => {
    const moments = [
      '2027-03-09T22:59:59.999Z',
      '2027-03-09T23:00:00.000Z',
      '2027-03-10T18:58:30.000Z',
      '2027-03-10T22:59:59.999Z',
      '2027-03-10T23:00:00.000Z',
      '2027-03-31T21:59:59.999Z',
      '2027-03-31T22:00:00.000Z',
    ];
    beforeAll(async () => {
      for (const at of moments) {
        await system.database.query(
          `insert into audit_entry (at, action, outcome) values ($1, 'password-changed', 'ok')`,
          [at],
        );
      }
    });
    const found = async (query: Record<string, string>): Promise<string[]> =>
      (await entries({ action: 'password-changed', ...query })).map(({ at }) => at).toSorted();

    it.each([
      [{ from: '2027-03-10', to: '2027-03-10' }, moments.slice(1, 4)],
      [{ from: '2027-03-11' }, moments.slice(4)],
      [{ to: '2027-03-09' }, moments.slice(0, 1)],
      [{ from: '2027-03', to: '2027-03' }, moments.slice(0, 6)],
      [{ from: '2027-04' }, moments.slice(6)],
      [{ from: '2027-03-10T19:58', to: '2027-03-10T19:58' }, moments.slice(2, 3)],
      [{ from: '2027-03-10T18:58:30Z', to: '2027-03-10T18:58:30Z' }, moments.slice(2, 3)],
      [{ from: '2027-03-10T19:58:30+01:00', to: '2027-03-10T19:58:30.000+01:00' }, moments.slice(2, 3)],
      [{ from: '2027-03-31T23:59:59.999', to: '2027-03-31' }, moments.slice(5, 6)],
    ] as [Record<string, string>, string[]][])('%j', async (query, expected) =>
      expect(await found(query)).toEqual(expected),
    );

    it('also when the + of an offset came as a space', async () => {
      const { items } = await auditor.get(
        '/v1/audit/entries?action=password-changed&from=2027-03-10T19:58:30+01:00&to=2027-03-10T19:58:30+01:00',
      );
      expect(items.map(({ at }) => at)).toEqual(moments.slice(2, 3));
    });

    it.each(['moment', 'case.reads', 'ReferralAccept', 'post /v1/cases', 'CASE READ', 'toString'])(
      'an action %s that there is not is refused where it stands, not answered by an empty list',
      async (action) => {
        const { status, body } = await auditor.try('GET', `/v1/audit/entries?action=${encodeURIComponent(action)}`);
        expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([
          422,
          [['?action', 'unknown']],
        ]);
      },
    );

    it('that end before they begin are refused, not answered by an empty list', async () => {
      const { status, body } = await auditor.try('GET', '/v1/audit/entries?from=2027-03-11&to=2027-03-10');
      expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([422, [['?from', 'after-to']]]);
    });

    it.each([
      '2027',
      '2027-13',
      '2027-02-29',
      '0000-01-01',
      '0000-01',
      '9999-12-31',
      '2027-03-10T25:00',
      '2027-03-10T19:58+99:00',
      'hier',
      '20270310',
      '2027-03-10T19',
    ])('%s is refused where it stands', async (moment) => {
      for (const filter of ['from', 'to']) {
        const { status, body } = await auditor.try('GET', `/v1/audit/entries?${filter}=${encodeURIComponent(moment)}`);
        expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([
          422,
          [[`?${filter}`, 'moment']],
        ]);
      }
    });
  });

  it('says of a refusal which record it was about, whatever its address named', async () => {
    const { id: caseId } = await counsellor.do('/v1/cases', newCase());
    const { id: sessionId } = await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession());
    const referral = await counsellor.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
    const handover = await counsellor.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: recipient.structureId,
      note: 'Note.',
    });
    const stranger = await Person.signIn(system.baseUrl, system.account('conseiller', 'afpa'), system.password);
    const tries: [string, string, Record<string, unknown> | undefined][] = [
      ['GET', `/v1/referrals/${referral.id}`, undefined],
      ['POST', `/v1/referrals/${referral.id}/acknowledge`, {}],
      ['GET', `/v1/handovers/${handover.id}`, undefined],
      ['POST', `/v1/handovers/${handover.id}/withdraw`, {}],
      ['GET', `/v1/cases/${caseId}/sessions/${sessionId}`, undefined],
      ['GET', `/v1/cases/${caseId}`, undefined],
    ];
    for (const [method, path, body] of tries)
      expect([path, (await stranger.try(method, path, body ? { body } : {})).status >= 403]).toEqual([path, true]);
    const about = async () =>
      (await entries({ caseId, userId: stranger.id })).map(({ outcome, target }) => ({ outcome, target }));
    // Written without being waited for.
    while ((await about()).length < tries.length) await new Promise((resolve) => setTimeout(resolve, 20));
    const shown = await about();
    for (const { outcome } of shown) expect(['not-found', 'forbidden']).toContain(outcome);
    expect(shown.map(({ target }) => target).toSorted()).toEqual(
      [referral.id, referral.id, handover.id, handover.id, sessionId, caseId].toSorted(),
    );
    // The people of the record learn who read it, not who was kept from it.
    const readers = (await counsellor.get(`/v1/cases/${caseId}/readings`)).items as (View & { user: { id: string } })[];
    expect(readers.filter(({ user }) => user.id === stranger.id)).toEqual([]);
  });

  it('is asked for several actions at once', async () => {
    const both = await entries({ action: 'sign-in,password-changed' });
    expect(new Set(both.map(({ action }) => action))).toEqual(new Set(['sign-in', 'password-changed']));
    const { status, body } = await auditor.try('GET', '/v1/audit/entries?action=sign-in,moment');
    expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([422, [['?action', 'unknown']]]);
  });

  it('is asked for outcomes', async () => {
    expect((await entries({ outcome: 'not-found,forbidden' })).map(({ outcome }) => outcome)).not.toContain('ok');
    expect((await entries({ outcome: 'not-found' })).length).toBeGreaterThan(0);
    expect(new Set((await entries({ outcome: 'ok' })).map(({ outcome }) => outcome))).toEqual(new Set(['ok']));
    const { body } = await auditor.try('GET', '/v1/audit/entries?outcome=refused');
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '?outcome' })]);
  });
});
