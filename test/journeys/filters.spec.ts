import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';

interface Row {
  id: string;
  status: string;
  urgency?: string;
  themes?: string[];
  participation?: string;
  box?: string;
  resident?: { commune?: string };
  lead?: { structure: { id: string }; counsellor?: { id: string } };
  toStructure?: { id: string };
  place?: string;
  placeId?: string;
  commune?: string;
  date?: string;
  actor?: { id: string };
}
interface Filter {
  readonly values: readonly string[];
  readonly holds: (row: Row, value: string, who: Person) => boolean;
}

const statuses = ['open', 'closed', 'draft', 'sent', 'accepted', 'declined', 'proposed', 'withdrawn'];
const byStatus = (values: readonly string[]): Filter => ({ values, holds: ({ status }, value) => status === value });
const [cases, referrals, handovers, sessions] = [
  '/v1/cases',
  '/v1/referrals',
  '/v1/handovers',
  '/v1/sessions',
] as const;
/** Who recorded the sessions: known once everybody has signed in. */
const recorders: string[] = [];

/** What each filter promises of the rows it keeps; `late` needs a clock of its own: clock.spec.ts. */
const filters: Readonly<Record<string, Readonly<Record<string, Filter | null>>>> = {
  [cases]: {
    status: byStatus(statuses.slice(0, 2)),
    // Of what it promises something is said in orders.spec.ts.
    sort: null,
    // Also what was led until it closed: here one case, the counsellor's.
    lead: {
      values: ['mine', 'structure'],
      holds: ({ status, lead, participation }, value, who) =>
        value === 'mine'
          ? lead?.counsellor?.id === who.id ||
            (status === 'closed' && who.email === 'conseiller@departement-sarthe.demo')
          : participation === 'lead' || status === 'closed' || lead?.structure.id === who.structureId,
    },
    // Of one's own structure: who else leads a case is seen there, and is no colleague.
    counsellor: {
      values: recorders,
      holds: ({ status, lead, participation }, value) =>
        status === 'closed' ? value === recorders[0] : participation === 'lead' && lead?.counsellor?.id === value,
    },
    theme: { values: ['email', 'sante'], holds: ({ themes }, value) => themes?.includes(value) === true },
    commune: { values: ['72264', '72154'], holds: ({ resident }, value) => resident?.commune === value },
  },
  [referrals]: {
    status: byStatus(statuses.slice(2, 6)),
    urgency: { values: ['normal', 'urgent'], holds: ({ urgency }, value) => urgency === value },
    box: {
      values: ['received', 'sent'],
      holds: ({ toStructure }, value, who) => (toStructure?.id === who.structureId) === (value === 'received'),
    },
    late: null,
  },
  [handovers]: {
    status: byStatus(statuses.slice(6)),
    box: { values: ['received', 'sent'], holds: ({ box }, value) => box === value },
  },
  [sessions]: {
    // What was entered in error is in no list that does not ask for it: sessions-across-cases.spec.ts.
    status: byStatus(['recorded']),
    counsellor: { values: recorders, holds: ({ actor }, value) => actor?.id === value },
    from: { values: ['2026-01-20'], holds: ({ date }, value) => date! >= value },
    to: { values: ['2026-01-19'], holds: ({ date }, value) => date! <= value },
    theme: { values: ['email', 'sante'], holds: ({ themes }, value) => themes?.includes(value) === true },
    place: { values: ['lieu_activite', 'domicile'], holds: ({ place }, value) => place === value },
    commune: { values: ['72264', '72154'], holds: ({ commune }, value) => commune === value },
    // By the places of one's own structure: places.spec.ts.
    placeId: null,
    // Labels are the structure's own: tags.spec.ts.
    tag: null,
  },
};

/** Whoever asks, a filter is answered truly or refused by its name; it never empties a list in silence. */
describe('every filter of the lists, asked by every role', () => {
  let system: TestSystem;
  let people: Record<string, Person>;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      counsellor: await enter('conseiller'),
      manager: await enter('responsable'),
      recipient: await enter('conseiller', 'la-poste'),
      coordinator: await enter('coordinateur'),
      administrator: await enter('administrateur'),
      auditor: await enter('auditeur'),
    };
    const { counsellor, recipient } = people as { counsellor: Person; recipient: Person };
    recorders.push(counsellor.id, recipient.id);
    for (const [commune, themes] of [
      ['72264', ['email']],
      ['72154', ['sante']],
      ['72264', ['sante', 'email']],
    ] as const) {
      const { id } = await counsellor.do('/v1/cases', { ...newCase(commune), themes });
      const refer = (more: object) =>
        counsellor.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId, { ...more }));
      await refer({ send: false, needs: ['parentalite'] });
      await recipient.do(`/v1/referrals/${(await refer({ urgency: 'urgent' })).id}/accept`);
      await refer({ needs: ['bureautique'] });
      const { id: handoverId } = await counsellor.do(`/v1/cases/${id}/handovers`, {
        kind: 'push',
        toStructureId: recipient.structureId,
        note: 'Suivi.',
      });
      if (commune === '72154') await counsellor.do(`/v1/handovers/${handoverId}/withdraw`);
      const elsewhere = commune === '72154' && { place: 'domicile', date: '2026-01-19' };
      for (const by of [counsellor, recipient])
        await by.do(`/v1/cases/${id}/sessions`, newSession({ commune, themes, ...elsewhere }));
    }
    const { id } = await counsellor.do('/v1/cases', newCase());
    await counsellor.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
  });
  afterAll(() => system.stop());

  it('are those of the contract', () => {
    const { paths } = JSON.parse(readFileSync(join(__dirname, '../contract/openapi.json'), 'utf8')) as {
      paths: Record<string, { get: { parameters: { name: string; in: string }[] } }>;
    };
    for (const [path, known] of Object.entries(filters)) {
      const named = paths[path]!.get.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      expect(named.filter((name) => name !== 'limit' && name !== 'cursor').sort()).toEqual(Object.keys(known).sort());
    }
  });

  it.each(['counsellor', 'manager', 'recipient', 'coordinator', 'administrator', 'auditor'])('%s', async (role) => {
    const who = people[role]!;
    for (const [path, known] of Object.entries(filters)) {
      if ((await who.try('GET', path)).status === 403) continue;
      const all = (await who.all(path)) as unknown as Row[];
      expect([path, all.length > 0]).toEqual([path, true]);
      for (const [name, filter] of Object.entries(known)) {
        for (const value of filter?.values ?? []) {
          const asked = `${path}?${name}=${value}&limit=100`;
          const { status, body } = await who.try('GET', asked);
          if (status === 422)
            expect([asked, body.errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
              asked,
              [`?${name} not-for-your-role`],
            ]);
          else
            expect([asked, (body.items as unknown as Row[]).map(({ id }) => id)]).toEqual([
              asked,
              all.filter((row) => filter!.holds(row, value, who)).map(({ id }) => id),
            ]);
        }
      }
    }
  });
});
