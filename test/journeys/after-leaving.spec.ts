/** A lead that has moved on: what it sent reports to its successor, and it learns nothing that has come since, by whatever it may still do. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';

interface Task {
  kind: string;
  caseId?: string;
  referralId?: string;
}

let system: TestSystem;
let former: Person;
let lead: Person;
let recipient: Person;
let managers: Record<'former' | 'lead' | 'recipient', Person>;

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  former = await enter('conseiller', 'departement-sarthe');
  lead = await enter('conseiller', 'afpa');
  recipient = await enter('conseiller', 'la-poste');
  managers = {
    former: await enter('responsable', 'departement-sarthe'),
    lead: await enter('responsable', 'afpa'),
    recipient: await enter('responsable', 'la-poste'),
  };
});
afterAll(() => system.stop());

async function handedOver(
  prepare: (caseId: string) => Promise<string>,
): Promise<{ caseId: string; referralId: string }> {
  const caseId = (await former.do('/v1/cases', newCase())).id;
  const referralId = await prepare(caseId);
  const { id } = await former.do(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: lead.structureId,
    note: 'Note de passation.',
  });
  await lead.do(`/v1/handovers/${id}/accept`);
  return { caseId, referralId };
}
const referred = () =>
  handedOver(
    async (caseId) => (await former.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId))).id,
  );
const told = async (person: Person, referralId: string): Promise<string[]> =>
  (await person.all('/v1/notifications'))
    .filter((one) => (one as unknown as Task).referralId === referralId)
    .map(({ type }) => type);
const kinds = async (person: Person, caseId: string): Promise<string[]> =>
  ((await person.all('/v1/tasks')) as unknown as Task[])
    .filter((task) => task.caseId === caseId)
    .map(({ kind }) => kind);

it('is told nothing more of what it sent: its successor is', async () => {
  const { referralId } = await referred();
  await recipient.do(`/v1/referrals/${referralId}/accept`, { contactUserId: recipient.id });
  await recipient.do(`/v1/referrals/${referralId}/hold`, { reason: 'waiting_list', until: '2027-01-29' });
  await system.settle();
  expect([await told(former, referralId), await told(managers.former, referralId)]).toEqual([[], []]);
  expect(await told(managers.lead, referralId)).toEqual(
    expect.arrayContaining(['ReferralAccepted', 'ReferralPutOnHold']),
  );
});

it('may ask to cancel what it sent, whatever version it had read, and reads no more for it', async () => {
  const { referralId } = await referred();
  const before = await former.get(`/v1/referrals/${referralId}`);
  await recipient.do(`/v1/referrals/${referralId}/accept`, { contactUserId: recipient.id });
  await recipient.do(`/v1/referrals/${referralId}/hold`, { reason: 'waiting_list', until: '2027-01-29' });
  const asked = await former.post(
    `/v1/referrals/${referralId}/request-cancellation`,
    { reason: 'Aidé ailleurs.' },
    { 'if-match': `"${before.version}"` },
  );
  expect([asked.status, asked.body]).toEqual([
    200,
    { ...before, cancellationRequestedAt: expect.any(String), actions: expect.any(Array), history: expect.any(Array) },
  ]);
  expect(asked.body.history.map(({ type }) => type)).toEqual([
    ...before.history.map(({ type }) => type),
    'ReferralCancellationRequested',
  ]);
  expect(asked.text).not.toMatch(/on_hold|2027-01-29|contactPerson":\{/);
});

it('is not told by a refusal what became of what it sent', async () => {
  const { referralId } = await referred();
  const before = await former.get(`/v1/referrals/${referralId}`);
  const withdraw = () => former.post(`/v1/referrals/${referralId}/withdraw`, { reason: 'changed_mind' });
  await recipient.do(`/v1/referrals/${referralId}/acknowledge`);
  const asked = await former.post(`/v1/referrals/${referralId}/request-cancellation`, { reason: 'Aidé ailleurs.' });
  await recipient.do(`/v1/referrals/${referralId}/decline`, { reason: 'no_capacity' });
  const refused = await withdraw();
  for (const { status, body, text } of [asked, refused]) {
    expect([status, body]).toEqual([409, expect.objectContaining({ code: 'wrong-state', status: 409, actions: [] })]);
    expect(text).not.toMatch(/declined|under_review/);
  }
  expect(await former.get(`/v1/referrals/${referralId}`)).toEqual(before);
});

it('learns of nobody by a name or a number that was recorded after it left', async () => {
  const { caseId } = await handedOver(() => Promise.resolve(''));
  const [lastName, phone] = [`Nouveau${caseId.replace(/[^a-f]/g, '')}`, '06 39 98 12 34'];
  await lead.do(`/v1/cases/${caseId}/corrections`, { resident: { lastName, phone } });
  for (const resident of [
    { lastName, birthYear: 1970 },
    { lastName: 'Autrement', phone },
  ]) {
    const opening = newCase() as { resident: object };
    const refused = await former.post('/v1/cases', {
      ...opening,
      resident: { ...opening.resident, ...resident },
      confirmNotDuplicate: false,
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'possible-duplicate']);
    expect(refused.text).not.toContain(caseId);
  }
});

it('finds the case it closed itself when the resident comes back', async () => {
  const opening = { ...newCase(), confirmNotDuplicate: false };
  const { id: caseId } = await former.do('/v1/cases', opening);
  await former.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
  expect((await former.post('/v1/cases', opening)).body).toMatchObject({ code: 'possible-duplicate', caseId });
});

it('leaves its draft to its successor, who writes another or takes it back: nobody sends in the name of who has left', async () => {
  const { caseId, referralId } = await handedOver(
    async (id) =>
      (await former.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId, { send: false }))).id,
  );
  await lead.do(`/v1/cases/${caseId}/assignments`, { counsellorId: lead.id });
  expect([await kinds(lead, caseId), await kinds(former, caseId)]).toEqual([['settle_draft'], []]);
  expect((await lead.post(`/v1/referrals/${referralId}/send`)).status).toBe(403);
  await lead.do(`/v1/referrals/${referralId}/withdraw`, { reason: 'changed_mind' });
  expect(await kinds(lead, caseId)).toEqual([]);
});

it('a recipient names who helps later on, and again when that one has left', async () => {
  const { caseId, referralId } = await referred();
  const name = (person: Person, contactUserId: string) =>
    person.try('PUT', `/v1/referrals/${referralId}/contact`, { body: { contactUserId } });
  expect((await name(recipient, recipient.id)).body).toMatchObject({
    code: 'wrong-state',
    status: 'sent',
    actions: ['acknowledge', 'accept', 'decline'],
  });
  await recipient.do(`/v1/referrals/${referralId}/accept`);
  expect(await kinds(managers.recipient, caseId)).toEqual(['assign_contact']);
  expect([(await name(lead, lead.id)).status, (await name(recipient, lead.id)).status]).toEqual([403, 422]);
  expect((await name(managers.recipient, recipient.id)).body).toMatchObject({
    contactPerson: { id: recipient.id },
    actions: ['hold', 'name-contact', 'complete', 'return'],
  });
  expect(await kinds(managers.recipient, caseId)).toEqual(['start_referral']);
  await system.settle();
  expect(await told(recipient, referralId)).toEqual(['ReferralContactNamed']);
  await recipient.do(`/v1/cases/${caseId}/sessions`, newSession({ referralId }));
  expect((await name(recipient, managers.recipient.id)).body).toMatchObject({
    status: 'in_progress',
    contactPerson: { id: managers.recipient.id },
  });
});

it('whoever leads finds what others sent on among what was sent', async () => {
  const caseId = (await former.do('/v1/cases', newCase())).id;
  const { id: parentReferralId } = await former.do(
    `/v1/cases/${caseId}/referrals`,
    newReferral(recipient.structureId, { onwardAllowed: true }),
  );
  await recipient.do(`/v1/referrals/${parentReferralId}/accept`);
  const { id } = await recipient.do(
    `/v1/cases/${caseId}/referrals`,
    newReferral(lead.structureId, { parentReferralId }),
  );
  for (const query of ['', '&status=sent'])
    expect((await former.all(`/v1/referrals?box=sent${query}`)).map((one) => one.id)).toContain(id);
});

it('a suspended structure is not offered what it may not do', async () => {
  const { referralId, caseId } = await referred();
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  const { id } = await lead.do(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: recipient.structureId,
    note: 'Note de passation.',
  });
  const decide = (status: string) =>
    administrator.do(`/v1/structures/${recipient.structureId}/decisions`, { status, decidedOn: '2026-11-23' });
  await decide('suspended');
  const offered = async () => [
    (await recipient.get(`/v1/referrals/${referralId}`)).actions,
    (await recipient.get(`/v1/handovers/${id}`)).actions,
  ];
  expect(await offered()).toEqual([['acknowledge', 'decline'], ['decline']]);
  await decide('active');
  expect(await offered()).toEqual([
    ['acknowledge', 'accept', 'decline'],
    ['accept', 'decline'],
  ]);
});
