import { startSystem, type TestSystem } from '../support/system';
import type { Answer, View } from '../journeys/driver';
import { caseOf, matrix, referralsOf, sessionsOf } from './matrix';
import { buildWorld, readers, type Ending, type Reader, type World } from './world';
import { readEverything } from './world.reading';

describe.each<Ending>(['declined', 'withdrawn', 'expired'])(
  'who sees what, the refused recipient having %s',
  (ending) => {
    let system: TestSystem;
    let world: World;
    const answers = {} as Record<Reader, Record<string, Answer>>;

    beforeAll(async () => {
      system = await startSystem();
      world = await buildWorld(system, ending);
      for (const reader of readers) answers[reader] = await readEverything(world, reader, world.people[reader]);
    });
    afterAll(() => system.stop());

    const everything = (reader: Reader): string =>
      Object.values(answers[reader])
        .map(({ text }) => text)
        .join('\n');
    const found = (reader: Reader, words: string): string[] =>
      Object.entries(answers[reader])
        .filter(([, { text }]) => text.includes(words))
        .map(([name]) => name);
    const items = (reader: Reader, name: string): View[] => answers[reader][name]!.body.items;

    it.each(matrix)('%s', (_row, words, cells) => {
      const expected = cells.split(/\s+/);
      expect(expected).toHaveLength(readers.length);
      const wrong = readers.flatMap((reader, at) => {
        const where = found(reader, words);
        if (expected[at] === 'x') return where.length > 0 ? [] : [`${reader} does not see it`];
        return expected[at] === '-' && where.length > 0 ? [`${reader} sees it in: ${where.join(', ')}`] : [];
      });
      expect(wrong).toEqual([]);
    });

    it.each(readers)('%s: the case itself', (reader) => {
      const { detail, participation, readings, leads, seq, search } = caseOf[reader];
      const shown = answers[reader]['detail']!;
      expect([shown.status, answers[reader]['readings']!.status]).toEqual([detail, readings]);
      // On paper there is what is on the screen.
      expect(answers[reader]['paper']!.body).toEqual(
        detail === 200 ? shown.body : expect.objectContaining({ status: 404 }),
      );
      expect(items(reader, 'list').filter(({ id }) => id === world.caseId).length).toBe(detail === 200 ? 1 : 0);
      const searched = (['search before', 'search after'] as const).map((name) => answers[reader][name]!);
      // Whoever follows nobody is told so; an empty answer would say that nobody of that name is followed.
      const outside = /^(coordinator|auditor)/.test(reader);
      expect(searched.map(({ status }) => status)).toEqual(outside ? [403, 403] : [200, 200]);
      expect(searched.map(({ body }) => !outside && body.items.length > 0)).toEqual(search);
      if (detail !== 200) return;
      const body = shown.body as View & {
        participation: string;
        leads: { structure: { id: string }; counsellor?: { id: string } }[];
      };
      expect(body.participation).toBe(participation);
      expect(body.leads.map(({ structure }) => structure.id)).toEqual(
        leads === 2 ? [world.people.formerLead.structureId, world.people.lead.structureId] : [],
      );
      expect(body.lead?.counsellor?.id).toBe(leads === 2 ? world.people.lead.id : undefined);
      const timeline = answers[reader][reader === 'auditorWithReason' ? 'reading' : 'timeline']!;
      if (reader === 'auditor') return expect(timeline.status).toBe(403);
      expect(timeline.body.items.length).toBeGreaterThan(0);
      expect(timeline.body.items.every((entry) => (entry.seq !== undefined) === seq)).toBe(true);
      if (seq)
        expect(timeline.body.items.map((entry) => entry.seq)).toEqual(timeline.body.items.map((_, at) => at + 1));
    });

    it.each(readers)('%s: referrals', (reader) => {
      const expected = Object.fromEntries(
        Object.entries(referralsOf[reader]).map(([name, status]) => [
          world.referrals[name as keyof World['referrals']],
          status === 'refused' ? ending : status,
        ]),
      );
      expect(Object.fromEntries(items(reader, 'referrals').map(({ id, status }) => [id, status]))).toEqual(expected);
      for (const [name, id] of Object.entries(world.referrals)) {
        const { status, body } = answers[reader][`referral ${name}`]!;
        expect([name, status, status === 200 ? body.status : undefined]).toEqual([
          name,
          id in expected ? 200 : 404,
          expected[id],
        ]);
      }
      const lines = caseOf[reader].detail === 200 ? answers[reader]['detail']!.body.referrals : [];
      expect(Object.fromEntries(lines.map(({ id, status }) => [id, status]))).toEqual(
        caseOf[reader].detail === 200 ? expected : {},
      );
    });

    it.each(readers)('%s: sessions', (reader) => {
      const seen = Object.keys(world.sessions).filter((name) => answers[reader][`session ${name}`]!.status === 200);
      expect(seen).toEqual(sessionsOf[reader] ?? []);
      expect(
        Object.keys(world.sessions).filter((name) => ![200, 404].includes(answers[reader][`session ${name}`]!.status)),
      ).toEqual([]);
    });

    it.each(readers)('%s: the name beside tasks, notifications and participants', (reader) => {
      const whole = { firstName: 'Prenomapres', lastName: 'Nomapres' };
      const named = { candidate: { firstName: 'Prenomavant' }, contributor: whole, lead: whole }[reader as string];
      const rows = [...items(reader, 'tasks'), ...items(reader, 'notifications')].filter(
        ({ caseId }) => caseId === world.caseId,
      );
      expect(rows.map(({ resident }) => resident)).toEqual(rows.map(() => named));
      if (named) expect(rows.length).toBeGreaterThan(0);
      const participants = (body: unknown): View[] =>
        ((body as { items?: { participants: View[] }[] } | undefined)?.items ?? []).flatMap(
          (workshop) => workshop.participants,
        );
      expect(participants(answers[reader]['workshops']!.body).map(({ resident }) => resident)).toEqual(
        reader === 'contributor' ? [whole] : reader === 'formerLead' ? [undefined] : [],
      );
    });

    it.each(readers)('%s: the handover, workshops, journal', (reader) => {
      const party = ['lead', 'formerLead', 'coordinator', 'auditor', 'auditorWithReason'].includes(reader);
      expect(answers[reader]['handover']!.status).toBe(party ? 200 : 404);
      expect(items(reader, 'handovers').map(({ id }) => id)).toEqual(party ? [world.handoverId] : []);
      expect(answers[reader]['workshop']!.status).toBe(
        reader === 'contributor'
          ? 200
          : ['lead', 'formerLead', 'candidate', 'formerContributor', 'refused', 'stranger'].includes(reader)
            ? 404
            : 403,
      );
      expect(answers[reader]['audit entries']!.status).toBe(reader.startsWith('auditor') ? 200 : 403);
    });

    it.each(readers)('%s: which records look alike', (reader) => {
      const { status, body } = answers[reader]['duplicates']!;
      expect(status).toBe(reader.startsWith('coordinator') ? 200 : 403);
      const pairs = (body.items ?? []) as unknown as { cases: View[]; alike: string[] }[];
      expect(pairs.map(({ cases, alike }) => [...cases.map(({ id }) => id), ...alike])).toEqual(
        reader === 'coordinator' ? [[world.twin, world.caseId, 'phone']] : [],
      );
    });

    it('a former lead reads nothing that came after the event that ended its lead, its own excepted', () => {
      const all = answers.auditorWithReason['reading']!.body.items as (View & { structure: { id: string } | null })[];
      const end = all.findIndex(({ type }) => type === 'HandoverTookEffect');
      const own = all.filter(({ structure }, at) => at > end && structure?.id === world.people.formerLead.structureId);
      expect(own).toHaveLength(1);
      expect(items('formerLead', 'timeline').map(({ id }) => id)).toEqual(
        [...all.slice(0, end + 1), ...own].map(({ id }) => id),
      );
    });

    it('a coordinator reads what moves the case, by which structure, never who did it or what was done', () => {
      const entries = items('coordinator', 'timeline') as (View & { actor: unknown })[];
      expect(entries.every(({ actor, type }) => actor === null && /^(Case|Lead|Referral|Handover)/.test(type))).toBe(
        true,
      );
      const histories = ['contributors', 'candidates'].flatMap(
        (name) => answers.coordinator[`referral ${name}`]!.body.history as { actor?: unknown }[],
      );
      expect(
        [...histories, ...answers.coordinator['handover']!.body.history].filter((step) => 'actor' in step),
      ).toEqual([]);
    });

    it('who watches cannot ask for what is not shown either', async () => {
      for (const reader of ['coordinator', 'auditor'] as const) {
        for (const filter of ['commune=72154', 'theme=sante', 'lead=mine', `counsellor=${world.people.lead.id}`]) {
          const { status, body } = await world.people[reader].try('GET', `/v1/cases?${filter}`);
          expect([status, body.errors]).toEqual([
            422,
            [expect.objectContaining({ pointer: `?${filter.split('=')[0]}`, code: 'not-for-your-role' })],
          ]);
        }
        expect((await world.people[reader].post('/v1/cases/search', { name: 'Nomavant' })).status).toBe(403);
      }
    });

    it('a stranger has read no id of it anywhere', () => {
      for (const reader of ['stranger', 'coordinatorElsewhere'] as const) {
        const ids = [
          world.caseId,
          world.handoverId,
          world.workshopId,
          ...Object.values(world.referrals),
          ...Object.values(world.sessions),
        ];
        expect(ids.filter((id) => everything(reader).includes(id))).toEqual([]);
      }
    });
  },
);
