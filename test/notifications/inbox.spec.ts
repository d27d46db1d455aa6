import type { RecordEvent } from '@fil-rouge/kernel';
import { NotificationsConsumer } from '@fil-rouge/notifications';
import { Database, newId } from '@fil-rouge/platform';
import { startSystem, type TestSystem } from '../support/system';

interface Item {
  id: string;
  type: string;
  eventId: string;
  title: string;
  caseId?: string;
  count?: number;
  readAt?: string;
}

/** The consumer on its own: events as it is handed them, beside rows as the projections write them. */
describe('the inbox', () => {
  let system: TestSystem;
  let structures: Record<'departement' | 'laPoste' | 'afpa', string>;
  let lea: string;
  const people: Record<string, string> = {};
  let seq = 0;

  beforeAll(async () => {
    system = await startSystem();
    structures = {
      departement: await structure('Département de la Sarthe'),
      laPoste: await structure('La Poste'),
      afpa: await structure('Afpa'),
    };
    lea = (await one<{ id: string }>('select id from account where email = $1', [system.account('conseiller')])).id;
    for (const [name, address] of Object.entries({
      lead: system.account('conseiller'),
      laPoste: system.account('responsable', 'la-poste'),
      afpa: system.account('responsable', 'afpa'),
      coordinator: system.account('coordinateur'),
    }))
      people[name] = await signIn(address);
  });
  afterAll(() => system.stop());

  const one = async <R extends object>(sql: string, values: unknown[]): Promise<R> =>
    (await system.database.query<R>(sql, values))[0]!;
  const structure = async (name: string): Promise<string> =>
    (await one<{ id: string }>('select id from structure where name = $1', [name])).id;

  async function signIn(email: string): Promise<string> {
    const answer = await fetch(`${system.baseUrl}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: system.password }),
    });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { accessToken: string }).accessToken;
  }

  async function ask<R>(who: string, path: string, method = 'GET'): Promise<{ status: number; body: R }> {
    const answer = await fetch(`${system.baseUrl}/v1/notifications${path}`, {
      method,
      headers: { authorization: `Bearer ${people[who]!}` },
    });
    return { status: answer.status, body: (await answer.json()) as R };
  }
  const inbox = async (who: string, query = '') =>
    (await ask<{ items: Item[]; nextCursor: string | null }>(who, query)).body;
  /** Of one case, newest first, without the no-break spaces. */
  const titles = async (who: string, caseId: string) =>
    (await inbox(who, '?limit=100')).items
      .filter((item) => item.caseId === caseId)
      .map(({ title }) => title.replaceAll('\u00a0', ' '));

  async function openCase(): Promise<string> {
    const id = newId();
    await system.database.query(
      `insert into case_file (id, case_id, status, version, commune, lead_structure_id, lead_user_id, opened_at, last_activity_at) values ($1, $1, 'open', 1, '72181', $2, $3, $4, $4)`,
      [id, structures.departement, lea, system.clock.now()],
    );
    return id;
  }

  async function refer(caseId: string, status = 'sent'): Promise<string> {
    const id = newId();
    await system.database.query(
      `insert into referral (id, case_id, version, seq, status, from_structure_id, to_structure_id, urgency, pressing, onward_allowed, sent_at, ended_at, draft_event, last_activity_at)
       values ($1, $2, 1, 1, $3, $4, $5, 'normal', false, false, case when $3 <> 'draft' then $6::timestamptz end, case when $3 = 'expired' then $6 end, $1, $6)`,
      [id, caseId, status, structures.departement, structures.laPoste, system.clock.now()],
    );
    return id;
  }

  const happened = (
    stream: string,
    type: string,
    about: string,
    structureId: string | null,
    data: object = {},
    actor: string | null = null,
  ): RecordEvent => ({
    id: newId(),
    stream,
    seq: ++seq,
    type,
    schema: 1,
    at: system.clock.now(),
    recordedAt: system.clock.now(),
    actor,
    structure: structureId,
    data: data as RecordEvent['data'],
    pieces: [],
    about,
    audience: 'about',
  });

  async function tell(...events: RecordEvent[]): Promise<void> {
    const consumer = system.worker.get(NotificationsConsumer, { strict: false });
    await system.worker
      .get(Database, { strict: false })
      .transaction((transaction) => consumer.effects(events, transaction, system.clock.now()));
  }

  it('holds one notification per event, however often it is delivered, and is read by its owner only', async () => {
    const caseId = await openCase();
    const sent = happened(caseId, 'ReferralSent', await refer(caseId), structures.departement, {}, lea);
    await tell(sent);
    await tell(sent);
    expect(await titles('laPoste', caseId)).toEqual(['Département de la Sarthe : nouvelle orientation à examiner']);
    expect(await titles('lead', caseId)).toEqual([]);
    const [item] = (await inbox('laPoste', '?unread=true')).items;
    expect(item).toMatchObject({ type: 'ReferralSent', eventId: sent.id, caseId });
    expect((await ask('lead', `/${item!.id}/read`, 'POST')).status).toBe(404);
    const read = await ask<Item>('laPoste', `/${item!.id}/read`, 'POST');
    expect(read).toMatchObject({ status: 200, body: { id: item!.id, readAt: expect.any(String) } });
    expect((await ask<Item>('laPoste', `/${item!.id}/read`, 'POST')).body).toEqual(read.body);
    expect((await inbox('laPoste', '?unread=true')).items).toEqual([]);
  });

  it('says nothing of a draft to the structure that never got it', async () => {
    const caseId = await openCase();
    await tell(happened(caseId, 'ReferralWithdrawn', await refer(caseId, 'draft'), structures.departement));
    expect(await titles('laPoste', caseId)).toEqual([]);
  });

  it('gathers entries of other structures into one digest until it is read, and counts each once', async () => {
    const caseId = await openCase();
    const digests = async () => (await inbox('lead', '?unread=true')).items.filter((item) => item.caseId === caseId);
    const [first, second] = [
      happened(caseId, 'SessionRecorded', newId(), structures.laPoste),
      happened(caseId, 'SessionRecorded', newId(), structures.afpa),
    ];
    for (const event of [first, first, second, first]) await tell(event);
    expect(await digests()).toMatchObject([
      {
        type: 'EntriesAdded',
        count: 2,
        eventId: second.id,
        title: '2 nouvelles entrées d’autres structures dans un suivi que vous menez',
      },
    ]);
    await ask('lead', `/${(await digests())[0]!.id}/read`, 'POST');
    await tell(second);
    expect(await digests()).toEqual([]);
    await tell(happened(caseId, 'WorkshopAttended', newId(), structures.laPoste));
    expect(await digests()).toMatchObject([{ count: 1 }]);
    await tell(happened(caseId, 'SessionRecorded', newId(), structures.departement));
    expect(await digests()).toMatchObject([{ count: 1 }]);
  });

  it('says the same of many at once as of one after the other', async () => {
    const [here, there] = [await openCase(), await openCase()];
    const asked = await refer(here);
    const entry = (on: string) => happened(on, 'SessionRecorded', newId(), structures.laPoste);
    const [first, second, third] = [entry(here), entry(here), entry(here)];
    const sent = happened(here, 'ReferralSent', asked, structures.departement, {}, lea);
    await tell(first, entry(there), second, first, sent, third, second, sent);
    const digests = (await inbox('lead', '?limit=100')).items.filter((item) => item.caseId === here);
    expect(digests).toMatchObject([{ type: 'EntriesAdded', count: 3, eventId: third.id }]);
    expect((await inbox('lead', '?limit=100')).items.filter((item) => item.caseId === there)).toMatchObject([
      { type: 'EntriesAdded', count: 1 },
    ]);
    expect(await titles('laPoste', here)).toEqual(['Département de la Sarthe : nouvelle orientation à examiner']);
  });

  it('alerts the coordinator on day 12 and at the third expiry in 90 days, a page at a time', async () => {
    const caseId = await openCase();
    await tell(
      happened(caseId, 'ReferralReminded', await refer(caseId), null, {
        day: 12,
        awaiting: 'answer',
        coordinator: true,
      }),
    );
    for (let expiry = 1; expiry <= 3; expiry++)
      await tell(happened(caseId, 'ReferralExpired', await refer(caseId, 'expired'), null));
    expect(await titles('coordinator', caseId)).toEqual([
      'La Poste : au moins trois orientations restées sans réponse en 90 jours',
      'Département de la Sarthe → La Poste : orientation toujours sans réponse',
    ]);
    const page = await inbox('coordinator', '?limit=1');
    const next = await inbox('coordinator', `?limit=1&cursor=${page.nextCursor!}`);
    expect([...page.items, ...next.items].map(({ type }) => type)).toEqual(['RepeatedExpiries', 'ReferralUnanswered']);
    const forged = Buffer.from('["yesterday","x"]').toString('base64url');
    expect((await ask('coordinator', `?cursor=${forged}`)).status).toBe(422);
  });

  it('never tells a blind asker whose case it asked for', async () => {
    const [caseId, handoverId] = [await openCase(), newId()];
    await system.database.query(
      `insert into handover (id, case_id, version, kind, status, from_structure_id, to_structure_id, created_at, note_event, last_activity_at, created_seq)
       values ($1, $2, 2, 'pull', 'declined', $3, $4, $5, $1, $5, 1)`,
      [handoverId, caseId, structures.departement, structures.afpa, system.clock.now()],
    );
    await system.database.query(
      `insert into event (stream_id, seq, id, type, schema, at, recorded_at, data, pieces, prev, hash, about, audience)
       values ($1, 1, $2, 'HandoverRequested', 1, $4, $4, '{"blind": true}', '[]', '', '', $3, 'about')`,
      [caseId, newId(), handoverId, system.clock.now()],
    );
    const declined = happened(caseId, 'HandoverDeclined', handoverId, structures.departement, {}, lea);
    await tell(declined);
    const item = (await inbox('afpa')).items.find(({ eventId }) => eventId === declined.id);
    expect(item).toMatchObject({ type: 'HandoverDeclined', title: 'Passation refusée' });
    expect(item).not.toHaveProperty('caseId');
    const row = await one<object>('select case_id, from_structure_id from notification where event_id = $1', [
      declined.id,
    ]);
    expect(row).toEqual({ case_id: null, from_structure_id: null });
  });
});
