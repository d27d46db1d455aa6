import { startSystem, type TestSystem } from '../support/system';
import type { Answer, View } from '../journeys/driver';
import { buildWorld, readers, readEverything, type Ending, type Reader, type World } from './world';

/**
 * docs/who-sees-what.md, retyped by hand, cell by cell: what may occur anywhere in what somebody can read. `x`: it does; `-`: nowhere; `.`: may, but need not
 * (whoever reads the latest details need not be shown the earlier ones). Columns in the order of `readers`.
 */
const matrix: readonly [row: string, words: string, cells: string][] = [
  //                                                       cand cont lead fLead fCont refu coor elsew audit reason stranger
  ['first name', 'Prenomavant', /*                        */ 'x    .    .    x     -     -    -    -     -     .      -'],
  ['first name, after the end', 'Prenomapres', /*         */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['surname', 'Nomavant', /*                              */ '-    .    .    x     -     -    -    -     -     .      -'],
  ['surname, after the end', 'Nomapres', /*               */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['phone', '0639980001', /*                              */ '-    .    .    x     -     -    -    -     -     .      -'],
  ['phone, after the end', '0639980002', /*               */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['e-mail', 'avant@exemple.fr', /*                       */ '-    .    .    x     -     -    -    -     -     .      -'],
  ['e-mail, after the end', 'apres@exemple.fr', /*        */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['birth year', '"birthYear":1949', /*                   */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['birth year, after the end', '"birthYear":1951', /*    */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['status', '"status":"retraite"', /*                    */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['status, after the end', '"status":"en_emploi"', /*    */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['gender', '"gender":"feminin"', /*                     */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['commune', '"commune":"72181"', /*                     */ 'x    x    x    x     -     -    -    -     -     x      -'],
  ['commune, after the end', '"commune":"72154"', /*      */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['age bracket', '"ageBracket":"soixante_dix_plus"', /*  */ 'x    x    x    x     -     -    -    -     -     x      -'],
  ['themes of the case', 'sante', /*                      */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['needs: to the contributor', 'bureautique', /*         */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['needs: to the former contributor', 'culture_numerique', '-    x    x    x     -     -    -    -     -     x      -'],
  ['needs: to the candidate', 'scolarite_et_numerique', /**/ 'x    -    x    x     -     -    -    -     -     x      -'],
  ['needs: to the refused', 'parentalite', /*             */ '-    -    x    x     -     -    -    -     -     x      -'],
  ['needs: of a draft', 'securite_numerique', /*          */ '-    -    x    -     -     -    -    -     -     x      -'],
  ['message: to the contributor', 'Message contributeur', /**/ '-   x    x    x     -     -    -    -     -     x      -'],
  ['message: to the former', 'Message anciencontributeur', /**/ '-  x    x    x     -     -    -    -     -     x      -'],
  ['message: to the candidate', 'Message candidat', /*    */ 'x    -    x    x     -     -    -    -     -     x      -'],
  ['message: to the refused', 'Message refuse', /*        */ '-    -    x    x     -     -    -    -     -     x      -'],
  ['message: of a draft', 'Message brouillon', /*         */ '-    -    x    -     -     -    -    -     -     x      -'],
  ['contact preference', 'via_referrer', /*               */ 'x    x    x    x     -     -    -    -     -     x      -'],
  ['entry: opening', 'Texte ouverture', /*                */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['entry: former lead’s', 'Texte menantavant', /*        */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['entry: contributor’s', 'Texte contributeur', /*       */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['entry: former contributor’s', 'Texte anciencontributeur', '-   x    x    x     x     -    -    -     -     x      -'],
  ['entry: workshop before', 'Titre atelieravant', /*     */ '-    x    x    x     -     -    -    -     -     x      -'],
  ['entry: lead’s, after the end', 'Texte menantapres', /**/ '-    x    x    -     -     -    -    -     -     x      -'],
  ['entry: contributor’s, after it', 'Texte contributeurapres', '- x    x    -     -     -    -    -     -     x      -'],
  ['entry: former lead’s, after it', 'Texte ancienmenantapres', '- x    x    x     -     -    -    -     -     x      -'],
  ['entry: workshop after', 'Titre atelierapres', /*      */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['comment of the former contributor', 'Commentaire fin', /**/ '- x    x    x     x     -    -    -     -     x      -'],
  ['note: former lead’s', 'Note menantavant', /*          */ '-    -    -    x     -     -    -    -     -     -      -'],
  ['note: contributor’s', 'Note contributeur"', /*        */ '-    x    -    -     -     -    -    -     -     -      -'],
  ['note: former contributor’s', 'Note anciencontributeur', '-     -    -    -     x     -    -    -     -     -      -'],
  ['note: lead’s', 'Note menantapres', /*                 */ '-    -    x    -     -     -    -    -     -     -      -'],
  ['note: contributor’s, after the end', 'Note contributeurapres', '- x  -    -     -     -    -    -     -     -      -'],
  ['note: former lead’s, after the end', 'Note ancienmenantapres', '- -  -    x     -     -    -    -     -     -      -'],
  ['handover: note', 'Texte passation', /*                */ '-    -    x    x     -     -    -    -     -     x      -'],
  ['objection', '"how":"written"', /*                     */ '-    x    x    -     -     -    -    -     -     x      -'],
  ['comment of a reading', 'Commentaire lecture', /*      */ '-    -    -    -     -     -    -    -     -     -      -'],
];

/** Which referrals, in which state; `refused` stands for how the refused one ended. */
const referralsOf: Record<Reader, Partial<Record<keyof World['referrals'], string>>> = {
  candidate: { candidates: 'sent' },
  contributor: { contributors: 'on_hold', formerContributors: 'completed', candidates: 'sent' },
  lead: { contributors: 'on_hold', formerContributors: 'completed', candidates: 'sent', refused: 'refused', later: 'draft' },
  formerLead: { contributors: 'in_progress', formerContributors: 'completed', candidates: 'sent', refused: 'refused' },
  formerContributor: { formerContributors: 'completed', candidates: 'sent' },
  refused: { refused: 'refused' },
  coordinator: { contributors: 'on_hold', formerContributors: 'completed', candidates: 'sent', refused: 'refused', later: 'draft' },
  coordinatorElsewhere: {},
  auditor: { contributors: 'on_hold', formerContributors: 'completed', candidates: 'sent', refused: 'refused', later: 'draft' },
  auditorWithReason: { contributors: 'on_hold', formerContributors: 'completed', candidates: 'sent', refused: 'refused', later: 'draft' },
  stranger: {},
};

const sessionsOf: Partial<Record<Reader, (keyof World['sessions'])[]>> = {
  contributor: ['ofFormerLead', 'ofContributor', 'ofFormerContributor', 'ofLead', 'laterOfContributor', 'laterOfFormerLead'],
  lead: ['ofFormerLead', 'ofContributor', 'ofFormerContributor', 'ofLead', 'laterOfContributor', 'laterOfFormerLead'],
  formerLead: ['ofFormerLead', 'ofContributor', 'ofFormerContributor', 'laterOfFormerLead'],
  formerContributor: ['ofFormerContributor'],
};

/** Status of the detail, of who read it; whether the lead is named, and by the numbers of events. */
const caseOf: Record<Reader, { detail: number; participation?: string; readings: number; leads: number; seq: boolean; search: [before: boolean, after: boolean] }> = {
  candidate: { detail: 404, readings: 404, leads: 0, seq: false, search: [false, false] },
  contributor: { detail: 200, participation: 'contributor', readings: 403, leads: 2, seq: false, search: [false, true] },
  lead: { detail: 200, participation: 'lead', readings: 200, leads: 2, seq: true, search: [false, true] },
  formerLead: { detail: 200, participation: 'former_lead', readings: 403, leads: 2, seq: false, search: [true, false] },
  formerContributor: { detail: 200, participation: 'former_contributor', readings: 403, leads: 0, seq: false, search: [false, false] },
  refused: { detail: 404, readings: 404, leads: 0, seq: false, search: [false, false] },
  coordinator: { detail: 200, participation: 'coordinator', readings: 200, leads: 2, seq: false, search: [false, false] },
  coordinatorElsewhere: { detail: 404, readings: 404, leads: 0, seq: false, search: [false, false] },
  auditor: { detail: 200, participation: 'auditor', readings: 200, leads: 2, seq: true, search: [false, false] },
  auditorWithReason: { detail: 200, participation: 'auditor', readings: 200, leads: 2, seq: true, search: [false, false] },
  stranger: { detail: 404, readings: 404, leads: 0, seq: false, search: [false, false] },
};

describe.each<Ending>(['declined', 'withdrawn', 'expired'])('who sees what, the refused recipient having %s', (ending) => {
  let system: TestSystem;
  let world: World;
  const answers = {} as Record<Reader, Record<string, Answer>>;

  beforeAll(async () => {
    system = await startSystem();
    world = await buildWorld(system, ending);
    for (const reader of readers) answers[reader] = await readEverything(world, reader, world.people[reader]);
  });
  afterAll(() => system.stop());

  const everything = (reader: Reader): string => Object.values(answers[reader]).map(({ text }) => text).join('\n');
  const found = (reader: Reader, words: string): string[] => Object.entries(answers[reader]).filter(([, { text }]) => text.includes(words)).map(([name]) => name);
  const items = (reader: Reader, name: string): View[] => answers[reader][name]!.body.items;

  it.each(matrix)('%s', (_row, words, cells) => {
    const expected = cells.trim().split(/\s+/);
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
    expect(items(reader, 'list').filter(({ id }) => id === world.caseId).length).toBe(detail === 200 ? 1 : 0);
    expect([items(reader, 'search before').length > 0, items(reader, 'search after').length > 0]).toEqual(search);
    if (detail !== 200) return;
    const body = shown.body as View & { participation: string; leads: { structure: { id: string }; counsellor?: { id: string } }[] };
    expect(body.participation).toBe(participation);
    expect(body.leads.map(({ structure }) => structure.id)).toEqual(leads === 2 ? [world.people.formerLead.structureId, world.people.lead.structureId] : []);
    expect(body.lead?.counsellor?.id).toBe(leads === 2 ? world.people.lead.id : undefined);
    const timeline = answers[reader][reader === 'auditorWithReason' ? 'reading' : 'timeline']!;
    if (reader === 'auditor') return expect(timeline.status).toBe(403);
    expect(timeline.body.items.length).toBeGreaterThan(0);
    expect(timeline.body.items.every((entry) => (entry.seq !== undefined) === seq)).toBe(true);
    if (seq) expect(timeline.body.items.map((entry) => entry.seq)).toEqual(timeline.body.items.map((_, at) => at + 1));
  });

  it.each(readers)('%s: referrals', (reader) => {
    const expected = Object.fromEntries(Object.entries(referralsOf[reader]).map(([name, status]) => [world.referrals[name as keyof World['referrals']], status === 'refused' ? ending : status]));
    expect(Object.fromEntries(items(reader, 'referrals').map(({ id, status }) => [id, status]))).toEqual(expected);
    for (const [name, id] of Object.entries(world.referrals)) {
      const { status, body } = answers[reader][`referral ${name}`]!;
      expect([name, status, status === 200 ? body.status : undefined]).toEqual([name, id in expected ? 200 : 404, expected[id]]);
    }
    const lines = caseOf[reader].detail === 200 ? answers[reader]['detail']!.body.referrals : [];
    expect(Object.fromEntries(lines.map(({ id, status }) => [id, status]))).toEqual(caseOf[reader].detail === 200 ? expected : {});
  });

  it.each(readers)('%s: sessions', (reader) => {
    const seen = Object.keys(world.sessions).filter((name) => answers[reader][`session ${name}`]!.status === 200);
    expect(seen).toEqual(sessionsOf[reader] ?? []);
    expect(Object.keys(world.sessions).filter((name) => ![200, 404].includes(answers[reader][`session ${name}`]!.status))).toEqual([]);
  });

  it.each(readers)('%s: the handover, workshops, journal', (reader) => {
    const party = ['lead', 'formerLead', 'coordinator', 'auditor', 'auditorWithReason'].includes(reader);
    expect(answers[reader]['handover']!.status).toBe(party ? 200 : 404);
    expect(items(reader, 'handovers').map(({ id }) => id)).toEqual(party ? [world.handoverId] : []);
    expect(answers[reader]['workshop']!.status).toBe(reader === 'contributor' ? 200 : ['lead', 'formerLead', 'candidate', 'formerContributor', 'refused', 'stranger'].includes(reader) ? 404 : 403);
    expect(answers[reader]['audit entries']!.status).toBe(reader.startsWith('auditor') ? 200 : 403);
  });

  it('a former lead reads nothing that came after the event that ended its lead, its own excepted', () => {
    const all = answers.auditorWithReason['reading']!.body.items as (View & { structure: { id: string } | null })[];
    const end = all.findIndex(({ type }) => type === 'HandoverTookEffect');
    const own = all.filter(({ structure }, at) => at > end && structure?.id === world.people.formerLead.structureId);
    expect(own).toHaveLength(1);
    expect(items('formerLead', 'timeline').map(({ id }) => id)).toEqual([...all.slice(0, end + 1), ...own].map(({ id }) => id));
  });

  it('a coordinator reads what moves the case, by which structure, never who did it or what was done', () => {
    const entries = items('coordinator', 'timeline') as (View & { actor: unknown })[];
    expect(entries.every(({ actor, type }) => actor === null && /^(Case|Lead|Referral|Handover)/.test(type))).toBe(true);
    const histories = ['contributors', 'candidates'].flatMap((name) => answers.coordinator[`referral ${name}`]!.body.history as { actor?: unknown }[]);
    expect([...histories, ...answers.coordinator['handover']!.body.history].filter((step) => 'actor' in step)).toEqual([]);
  });

  it('who watches cannot ask for what is not shown either', async () => {
    for (const reader of ['coordinator', 'auditor'] as const) {
      for (const filter of ['commune=72154', 'theme=sante']) expect((await world.people[reader].get(`/v1/cases?${filter}`)).items).toEqual([]);
    }
  });

  it('a stranger has read no id of it anywhere', () => {
    for (const reader of ['stranger', 'coordinatorElsewhere'] as const) {
      const ids = [world.caseId, world.handoverId, world.workshopId, ...Object.values(world.referrals), ...Object.values(world.sessions)];
      expect(ids.filter((id) => everything(reader).includes(id))).toEqual([]);
    }
  });
});
