/**
 * Every event ever written still reads. `events.v1.json` holds whole logs as the store wrote them, their pieces in clear (everybody in
 * them is invented): every event type at every schema there has been, and the state each log folded to.
 *
 *   a new event type, a new schema      add or change a chapter below, then UPDATE_EVENTS=1 npx jest test/contract/events
 *   a slice whose `version` was raised  the same command: its states are captured again from the old logs
 *
 * The fixture only grows. A log once kept is what stands in somebody's database, so the command never rewrites an event, and a state
 * only where a version was raised: there is no way to make a lost event "right" here.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type JsonObject, type Piece, type RecordEvent, type RecordKind, type Uuid } from '@fil-rouge/kernel';
import { networkId } from '@fil-rouge/users';
import { hashOf, readEvent, rootHash, Sealing, Slices, type LogRow, type State } from '@fil-rouge/platform';
import * as system from '../../apps/system';
import { newReferral, newSession, Person, type View } from '../journeys/driver';
import { assemble, bodies, type Action, type People } from '../journeys/referral-states';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { startSystem, type TestSystem } from '../support/system';

/** A row of the log: an event, each piece with the digest that the chain is over and an erasure leaves. `prev` is the hash before. */
interface Kept extends Omit<RecordEvent, 'pieces'> {
  readonly pieces: readonly (Pick<Piece, 'kind'> & Partial<Piece> & { readonly sha256: string })[];
  readonly hash: string;
}

/**
 * What each slice of that version made of it: `state` at the end, and in `trail` the beginning of a SHA-256 of the state after each event.
 * A member that a later event takes away again is in no final state.
 */
interface Log {
  readonly chapter: string;
  readonly kind: RecordKind;
  readonly stream: Uuid;
  versions: Record<string, number>;
  state: State;
  trail: Record<string, string[]>;
  readonly events: readonly Kept[];
}

const fixture = join(__dirname, 'events.v1.json');
const command = 'UPDATE_EVENTS=1 npx jest test/contract/events';

const slices = new Slices();
for (const slice of system.slices) slices.register(slice);

// The chapters: each makes the system write something through HTTP and says which records hold it.

interface Stage extends People {
  readonly system: TestSystem;
  readonly manager: Person;
  /** A case of an invented resident, led by the sender. */
  open(firstName: string, lastName: string, more?: { resident?: object; summary?: string }): Promise<Uuid>;
  refer(caseId: Uuid, to: Person, need: string, more?: object, by?: Person): Promise<Uuid>;
  handOver(caseId: Uuid, by: Person, asked: object): Promise<Uuid>;
  on(referral: Uuid, ...steps: [Person, Action, object?][]): Promise<void>;
  decide(structureId: Uuid, ...decisions: string[]): Promise<void>;
  /** Day by day, so that everything falls due on its day. */
  pass(days: number): Promise<void>;
  today(): string;
}

const opening = (firstName: string, lastName: string, { resident = {}, ...more }: { resident?: object; summary?: string } = {}) => ({
  resident: { firstName, lastName, birthYear: 1948, commune: '72264', ...resident },
  themes: ['email', 'sante'], informed: { on: '2026-01-15', how: 'oral' }, confirmNotDuplicate: true, ...more,
});
const pushTo = ({ structureId }: Person) => ({ kind: 'push', toStructureId: structureId, note: 'Vient de déménager à La Flèche.' });
const informed = { informed: { on: '2026-02-01', how: 'written' } };
const noLonger = { reason: 'Le besoin a changé.' };
const inSarthe = { typology: 'ASSO', communes: ['72264', '72181'], services: ['Maîtrise des outils numériques du quotidien'] };

const chapters: Record<string, (stage: Stage) => Promise<Uuid[]>> = {
  'a follow-up, corrected, closed and reopened': async ({ open, sender, manager, unrelated, today }) => {
    const id = await open('Odette', 'Fictif', {
      resident: { phone: '06 39 98 01 01', email: 'odette@example.org', gender: 'feminin', status: 'retraite' },
      summary: 'Vient avec sa tablette.',
    });
    const on = (what: string, body: object, by = sender) => by.do(`/v1/cases/${id}/${what}`, body);
    const session = await on('sessions', newSession({
      themes: ['email', 'aide_aux_demarches_administratives', 'argent_impots'], autonomy: 'partiellement_autonome', summary: 'Messagerie.',
      privateNote: 'Rappeler.',
    }));
    await on(`sessions/${session.id}/corrections`, { minutes: 45, summary: null, privateNote: 'Rappelée.', reason: 'Durée inexacte.' });
    await on('corrections', { resident: { lastName: 'Fictive', phone: null, commune: '72181' } });
    await on('assignments', { counsellorId: manager.id }, manager);
    await on('assignments', { counsellorId: sender.id });
    for (const against of [unrelated.structureId, 'all']) {
      const { objections } = await on('objections', { against, on: today(), how: 'phone' });
      if (against !== 'all') await on(`objections/${objections[0]!.id}/end`, {});
    }
    const workshop = await sender.do('/v1/workshops', {
      title: 'Premiers pas', date: '2026-01-21', minutes: 120, place: 'lieu_activite', commune: '72264', themes: ['email'],
      level: 'debutant', participants: [{ caseId: id }],
      anonymous: { total: 3, byAge: { soixante_dix_plus: 2 }, byGender: { feminin: 1 }, byStatus: { retraite: 2 } },
    });
    await on('close', { reason: 'need_met' });
    await on('reopen', { reason: 'Nouvelle demande.' });
    return [id, workshop.id];
  },

  'referrals that are answered': async ({ open, refer, on, sender, recipient, contributor, unrelated, coordinator }) => {
    const id = await open('Basile', 'Inventé');
    const partly = await refer(id, recipient, 'email', { send: false, urgency: 'urgent', onwardAllowed: true });
    await on(partly, [sender, 'send', informed], [recipient, 'acknowledge'], [recipient, 'accept', { contactUserId: recipient.id }]);
    const onward = await refer(id, contributor, 'securite_numerique', { parentReferralId: partly }, recipient);
    await recipient.do(`/v1/cases/${id}/sessions`, newSession({ referralId: partly }));
    await on(partly, [recipient, 'hold'], [recipient, 'resume'],
      [recipient, 'complete', { outcome: 'helped_partially', remainingNeeds: ['bureautique'], comment: 'Reste le traitement de texte.' }]);
    await on(onward, [contributor, 'accept'], [contributor, 'return', { reason: 'out_of_scope', comment: 'Demande autre chose.' }]);
    const to = (need: string) => refer(id, unrelated, need);
    const closed = { reason: 'other', comment: 'Fermé en août.', betterStructureId: contributor.structureId };
    await on(await to('email'), [unrelated, 'decline', closed]);
    await on(await to('email'), [sender, 'withdraw', { reason: 'changed_mind', comment: 'Se débrouille.' }]);
    await on(await to('sante'), [unrelated, 'accept'], [sender, 'request-cancellation'], [unrelated, 'agree-cancellation']);
    await on(await to('sante'), [unrelated, 'accept'], [coordinator, 'cancel']);
    await on(await to('culture_numerique'), [unrelated, 'acknowledge'], [coordinator, 'void']);
    await on(onward, [coordinator, 'void']);
    // Left open, so that the state holds every shape of one.
    const again = await refer(id, recipient, 'sante', { previousReferralId: partly });
    await on(again, [recipient, 'accept', { contactUserId: recipient.id }], [recipient, 'hold'], [sender, 'request-cancellation']);
    await on(await to('reseaux_sociaux'), [unrelated, 'acknowledge']);
    return [id];
  },

  'referrals nobody answers': async ({ open, refer, on, recipient, contributor, unrelated, pass }) => {
    const id = await open('Côme', 'Imaginaire');
    await refer(id, unrelated, 'email');
    await on(await refer(id, recipient, 'email'), [recipient, 'acknowledge']);
    await on(await refer(id, contributor, 'bureautique'), [contributor, 'accept']);
    await pass(50);
    return [id];
  },

  'decisions of the State and what waits for them': async (stage) => {
    const { system, open, refer, on, decide, administrator, coordinator, sender, pass } = stage;
    const id = await open('Délia', 'Supposée', { resident: { commune: '72181' } });
    const manager = await Person.signIn(system.baseUrl, system.account('responsable', 'asso-en-attente'), system.password);
    const declare = async (name: string) => ({ structureId: (await coordinator.do('/v1/structures', { name, ...inSarthe })).id }) as Person;
    const [refused, forgotten] = [await declare('Association des Deux Rives'), await declare('Les Souris savantes')];
    const released = await refer(id, manager, 'email');
    const draft = await refer(id, manager, 'sante', { send: false });
    await on(draft, [sender, 'send', informed]);
    await refer(id, refused, 'email');
    await refer(id, forgotten, 'email');
    const offer = { services: inSarthe.services, communes: inSarthe.communes, acceptsReferrals: true, capacity: 'waiting_list' };
    const { status } = await manager.try('PUT', `/v1/structures/${manager.structureId}/offer`, { body: offer });
    expect(status).toBe(200);
    await decide(manager.structureId, 'active');
    await on(released, [manager, 'accept']);
    await decide(refused.structureId, 'refused', 'awaiting_state_validation');
    await pass(62);
    await decide(manager.structureId, 'suspended', 'active', 'closed');
    const dissolved = { status: 'closed', decidedOn: '2026-11-20', reason: 'Dissoute.' };
    await administrator.do(`/v1/structures/${forgotten.structureId}/decisions`, dissolved);
    return [id, manager.structureId, refused.structureId, forgotten.structureId];
  },

  'what ends everything at once': async ({ open, refer, on, handOver, sender, recipient, contributor, unrelated, today }) => {
    const full = async (firstName: string) => {
      const id = await open(firstName, 'Controuvé');
      await on(await refer(id, recipient, 'email'), [recipient, 'accept']);
      await refer(id, unrelated, 'sante', { send: false });
      await handOver(id, sender, pushTo(recipient));
      return id;
    };
    const ids = [await full('Edmée'), await full('Firmin'), await full('Gaspard')];
    await sender.do(`/v1/cases/${ids[0]}/objections`, { against: recipient.structureId, on: today(), how: 'oral' });
    await handOver(ids[0]!, sender, pushTo(contributor));
    await sender.do(`/v1/cases/${ids[1]}/close`, { reason: 'moved_out', cancelReferrals: true });
    await sender.do(`/v1/cases/${ids[2]}/close`, { reason: 'deceased' });
    return ids;
  },

  'handovers of every kind': async ({ system, open, handOver, sender, manager, recipient, contributor, unrelated, coordinator, pass }) => {
    const id = await open('Honorine', 'Prétendue');
    const answer = (handover: Uuid, by: Person, verb: string, body: object = {}) => by.do(`/v1/handovers/${handover}/${verb}`, body);
    const later = () => new Date(Date.parse(system.clock.now()) + 10 * 86_400_000).toISOString();
    await handOver(id, manager, { kind: 'internal', toCounsellorId: manager.id, reason: 'Congé.', note: 'Tout est à jour.' });
    await answer(await handOver(id, sender, pushTo(recipient)), recipient, 'decline', noLonger);
    await answer(await handOver(id, sender, pushTo(recipient)), sender, 'withdraw');
    await handOver(id, sender, pushTo(recipient));
    await pass(20);
    const suggested = await handOver(id, sender, { ...pushTo(recipient), toCounsellorId: recipient.id, effectiveAt: later() });
    await answer(suggested, recipient, 'accept');
    await answer(suggested, sender, 'cancel', noLonger);
    await answer(await handOver(id, sender, pushTo(recipient)), recipient, 'accept', { counsellorId: recipient.id });
    const pull = { kind: 'pull', note: 'Revient nous voir.' };
    await answer(await handOver(id, sender, pull), recipient, 'decline', noLonger);
    await answer(await handOver(id, sender, { ...pull, toCounsellorId: sender.id }), recipient, 'accept', { effectiveAt: later() });
    await pass(11);
    await handOver(id, recipient, pull);
    await pass(20);
    await handOver(id, sender, pushTo(contributor));
    await handOver(id, coordinator, { kind: 'administrative', toStructureId: unrelated.structureId, reason: 'Fermeture de l’antenne.' });
    await handOver(id, unrelated, pushTo(contributor));
    return [id];
  },

  'a request to join a case one may not see': async ({ open, sender, recipient }) => {
    const id = await open('Isidore', 'Hypothétique');
    const join = async () => {
      const { body } = await recipient.post('/v1/cases', { ...opening('Isidore', 'Hypothétique'), confirmNotDuplicate: false });
      const { matchToken } = body as unknown as { matchToken: string };
      return (await recipient.do('/v1/join-requests', { matchToken, reason: 'Suivi chez nous aussi.' })).id;
    };
    await sender.do(`/v1/handovers/${await join()}/decline`, noLonger);
    await recipient.do(`/v1/handovers/${await join()}/withdraw`);
    await sender.do(`/v1/handovers/${await join()}/accept`);
    return [id];
  },

  'a person comes, works in two places and leaves': async ({ manager, coordinator, administrator, recipient }) => {
    const employment = { structureId: manager.structureId, role: 'counsellor' };
    const placed = { ...employment, placedAt: '247200348', until: '2028-12-31' };
    const { id } = await manager.do('/v1/users', { ...placed, name: 'Joséphine Factice', email: 'josephine@example.org' });
    await manager.do(`/v1/users/${id}/invitations`);
    await coordinator.do(`/v1/users/${id}/employments`, { structureId: recipient.structureId, role: 'manager', from: '2026-12-01' });
    await administrator.do(`/v1/users/${id}/employments`, { ...employment, role: 'coordinator', territory: ['72264', '72181'] });
    const { employments } = (await manager.get(`/v1/users/${id}`)) as unknown as { employments: (View & { role: string })[] };
    const own = employments.find(({ role }) => role === 'counsellor')!;
    await manager.do(`/v1/users/${id}/employments/${own.id}/end`, { reason: 'Fin de contrat.' });
    const { id: second } = await manager.do('/v1/users', { ...employment, name: 'Léandre Feint', email: 'leandre@example.org' });
    const [only] = ((await manager.get(`/v1/users/${second}`)) as unknown as { employments: View[] }).employments;
    await manager.do(`/v1/users/${second}/employments/${only!.id}/end`, { until: '2029-06-30' });
    return [id, second];
  },

  'a referral whose contact is named later': async ({ open, refer, on, recipient }) => {
    const id = await open('Fulbert', 'Illusoire');
    const referral = await refer(id, recipient, 'email');
    await on(referral, [recipient, 'accept']);
    expect((await recipient.try('PUT', `/v1/referrals/${referral}/contact`, { body: { contactUserId: recipient.id } })).status).toBe(200);
    return [id];
  },

  'a contract runs out': async ({ manager, today, pass }) => {
    const { id } = await manager.do('/v1/users', {
      structureId: manager.structureId, role: 'counsellor', until: today(), name: 'Gonzague Éphémère', email: 'gonzague@example.org',
    });
    await pass(1);
    return [id];
  },

  'two records that become one': async ({ open, refer, on, handOver, sender, recipient, contributor, unrelated, coordinator }) => {
    const survivor = await open('Ysaline', 'Doublon');
    const { id: loser } = await contributor.do('/v1/cases', {
      resident: { firstName: 'Isaline', lastName: 'Doublons', birthYear: 1948, commune: '72264' }, themes: ['sante'], informed: { on: '2026-01-15', how: 'oral' }, confirmNotDuplicate: true,
    });
    await contributor.do(`/v1/cases/${loser}/objections`, { against: unrelated.structureId, on: '2026-02-01', how: 'oral' });
    await on(await refer(loser, recipient, 'email', {}, contributor), [recipient, 'accept']);
    await refer(loser, recipient, 'sante', { send: false }, contributor);
    await handOver(loser, contributor, pushTo(sender));
    await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne, deux orthographes.' });
    return [survivor, loser];
  },

  'a record that is erased': async ({ open, refer, on, handOver, sender, recipient, contributor, administrator }) => {
    const id = await open('Mélanie', 'Oubliée');
    await sender.do(`/v1/cases/${id}/sessions`, newSession({ summary: 'Messagerie.' }));
    await on(await refer(id, recipient, 'email'), [recipient, 'accept']);
    await handOver(id, sender, pushTo(contributor));
    await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
    return [id];
  },

  'one need, several structures, other delays, and then silence': async ({ open, on, administrator, sender, recipient, contributor, unrelated, pass }) => {
    const set = async (path: string, body: object) => expect((await administrator.try('PUT', path, { body })).status).toBe(200);
    await set('/v1/settings/delays', { reminders: [2, 5], coordinator: 5, silenceCalendarDays: 30 });
    await set(`/v1/structures/${recipient.structureId}/delays`, { answer: 10, late: 4 });
    const id = await open('Marceline', 'Chimérique');
    const asked = await sender.do(`/v1/cases/${id}/referrals`, {
      ...newReferral(''), toStructureId: undefined, toStructureIds: [recipient, contributor, unrelated].map(({ structureId }) => structureId),
    });
    const [, second] = asked.referrals;
    await on(second!.id, [contributor, 'accept']);
    await sender.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId, { needs: ['sante'] }));
    await pass(31);
    // An alert moves no last activity, but whatever is unheard of does.
    await sender.do(`/v1/cases/${id}/sessions`, newSession());
    await set('/v1/settings/delays', {});
    await set(`/v1/structures/${recipient.structureId}/delays`, {});
    return [id, networkId, recipient.structureId];
  },
};

async function setStage(started: TestSystem): Promise<Stage> {
  const { baseUrl, clock, account, password } = started;
  const people = await assemble(started);
  const today = () => clock.now().slice(0, 10);
  return {
    ...people,
    system: started,
    manager: await Person.signIn(baseUrl, account('responsable'), password),
    today,
    open: async (...who) => (await people.sender.do('/v1/cases', opening(...who))).id,
    refer: async (caseId, { structureId }, need, more = {}, by = people.sender) =>
      (await by.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId, { needs: [need], ...more }))).id,
    handOver: async (caseId, by, asked) => (await by.do(`/v1/cases/${caseId}/handovers`, asked)).id,
    async on(referral, ...steps) {
      for (const [by, action, body] of steps) await by.do(`/v1/referrals/${referral}/${action}`, body ?? bodies[action]);
    },
    async decide(structureId, ...decisions) {
      for (const status of decisions) {
        await people.administrator.do(`/v1/structures/${structureId}/decisions`, { status, decidedOn: today(), reference: 'DEC-72-7' });
        await started.settle();
      }
    },
    async pass(days) {
      for (let day = 0; day < days; day++) {
        clock.advance({ days: 1 });
        await started.settle();
      }
    },
  };
}

// The fixture, and how it grows.

const load = (): Log[] => (existsSync(fixture) ? (JSON.parse(readFileSync(fixture, 'utf8')) as Log[]) : []);

/** An event to a line: what a change of the contract adds can be read in its diff. */
const save = (logs: readonly Log[]): void =>
  writeFileSync(fixture, `[\n${logs.map(({ events, ...log }) =>
    `{${JSON.stringify(log).slice(1, -1)},"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}`).join(',\n')}\n]\n`);

const versionsOf = (kind: RecordKind): Record<string, number> =>
  Object.fromEntries(slices.of(kind).map(({ name, version }) => [name, version]));

async function capture(database: TestDatabase, chapter: string, stream: Uuid): Promise<Log> {
  type Head = Pick<Log, 'kind' | 'state'> & { key: Buffer | null };
  const [head] = await database.query<Head>('select kind, key, state from stream where id = $1', [stream]);
  const [log] = await database.query<{ rows: LogRow[] }>('select load_log($1, 0, 1000) as rows', [stream]);
  const { kind, key, state } = head!;
  const events = log!.rows.map((row): Kept => {
    const event = readEvent(slices, new Sealing(database.masterKey), kind, key, row);
    const pieces = row.pieces.map((digest) => ({ ...event.pieces.find((piece) => piece.kind === digest.kind), ...digest }));
    return { ...event, pieces, hash: row.hash };
  });
  return { chapter, kind, stream, versions: versionsOf(kind), state, trail: trailOf({ kind, events }), events };
}

async function grow(logs: Log[]): Promise<Log[]> {
  for (const log of logs) {
    const [state, trail] = [last(log), trailOf(log)];
    const raised = slices.of(log.kind).filter(({ name, version }) => log.versions[name] !== version);
    for (const { name, version } of raised) {
      log.versions = { ...log.versions, [name]: version };
      log.state = { ...log.state, [name]: state[name] };
      log.trail = { ...log.trail, [name]: trail[name]! };
    }
  }
  const isNew = ({ chapter, kind, events }: Log) =>
    logs.every((log) => log.chapter !== chapter) || events.some((event) => missing(logs).has(`${kind} ${event.type}@${event.schema}`));
  if (missing(logs).size === 0 && Object.keys(chapters).every((chapter) => logs.some((log) => log.chapter === chapter))) return logs;
  const started = await startSystem();
  try {
    const told: Log[] = [];
    for (const [chapter, tell] of Object.entries(chapters)) {
      const streams = await tell(await setStage(started)).catch((cause: unknown) => {
        throw new Error(`The chapter "${chapter}" could not be told.`, { cause });
      });
      await started.settle();
      for (const stream of streams) told.push(await capture(started.database, chapter, stream));
    }
    return [...logs, ...told.filter(isNew)];
  } finally {
    await started.stop();
  }
}

/** Every type × schema that may stand in a log and not in these, with what to do about it. */
function missing(logs: readonly Log[]): Map<string, string> {
  const kept = new Set(logs.flatMap(({ kind, events }) => events.map(({ type, schema }) => `${kind} ${type}@${schema}`)));
  const wanted = slices.kinds().flatMap((kind) => slices.of(kind).flatMap(({ name, writes }) =>
    Object.entries(writes).flatMap(([type, present]) => Array.from({ length: present }, (_, index) => {
      const schema = index + 1;
      const write = `make a chapter of test/contract/events.spec.ts write it, then ${command}`;
      const add = schema === present ? write : 'bring its log back from the history of events.v1.json';
      return [`${kind} ${type}@${schema}`, `${type} at schema ${schema} (slice ${kind}/${name}) is in no log: ${add}.`] as const;
    }))));
  return new Map(wanted.filter(([of]) => !kept.has(of)));
}

// Reading it.

interface Step { readonly before: State; readonly event: RecordEvent; readonly after: State }

const asWritten = ({ hash: _, pieces, ...event }: Kept): RecordEvent =>
  ({ ...event, pieces: pieces.flatMap(({ sha256: __, value, ...piece }) => (value === undefined ? [] : [{ ...piece, value }])) });

/** The log as the store reads it: upcast, folded. `change` puts other events in the place of one. */
function replay({ kind, events }: Pick<Log, 'kind' | 'events'>, change = (event: RecordEvent): RecordEvent[] => [event]): Step[] {
  let state = slices.initial(kind);
  return events.map(asWritten).flatMap((event) => change(event)).map((event) => {
    const step = { before: state, event: slices.upcast(kind, event), after: state };
    state = slices.evolve(kind, state, step.event);
    return { ...step, after: state };
  });
}

/** As the database keeps it: members that are undefined are absent. */
const stored = (state: State): State => JSON.parse(JSON.stringify(state)) as State;
const last = (log: Log, change?: (event: RecordEvent) => RecordEvent[]): State => stored(replay(log, change).at(-1)!.after);

function trailOf(log: Pick<Log, 'kind' | 'events'>): Log['trail'] {
  const states = replay(log).map(({ after }) => stored(after) as Record<string, JsonObject>);
  const digest = (state: JsonObject): string => createHash('sha256').update(canonicalJson(state)).digest('hex').slice(0, 12);
  return Object.fromEntries(slices.of(log.kind).map(({ name }) => [name, states.map((state) => digest(state[name]!))]));
}

const named = ({ chapter, kind, stream }: Log): string => `${chapter}: ${kind} ${stream}`;

const more = { unheardOf: { by: ['anybody'] } };
const withMore = (event: RecordEvent): RecordEvent => ({
  ...event, ...more, data: { ...event.data, ...more },
  pieces: event.pieces.map((piece) => ({ ...piece, ...more, value: { ...piece.value, ...more } })),
});
/** At the same instant and for its parties alone: that something was done at all moves the record's last activity, and shall. */
const unknown = (event: RecordEvent): RecordEvent =>
  ({ ...event, type: 'SomethingUnheardOf', schema: 7, audience: 'about', data: more, pieces: [] });

describe('every event version ever written', () => {
  let logs: Log[];
  beforeAll(async () => {
    logs = load();
    if (process.env['UPDATE_EVENTS']) save((logs = await grow(logs)));
  });

  it('is in the fixture: each type at each schema from 1 to the present', () => {
    expect([...missing(logs).values()]).toEqual([]);
  });

  it('reads as the present schema of a type that is still known', () => {
    for (const { kind, events } of logs) {
      for (const event of events) {
        const { type, schema } = slices.upcast(kind, asWritten(event));
        expect([type, schema]).toEqual([type, slices.schemaOf(kind, type)]);
      }
    }
  });

  it(`folds to the state that was captured, unless a slice's version was raised on purpose (then: ${command})`, () => {
    for (const log of logs) {
      expect({ log: named(log), versions: log.versions }).toEqual({ log: named(log), versions: versionsOf(log.kind) });
      expect({ log: named(log), ...last(log) }).toEqual({ log: named(log), ...log.state });
      const strayed = Object.entries(trailOf(log)).flatMap(([name, digests]) => {
        const at = digests.findIndex((digest, index) => digest !== log.trail[name]?.[index]);
        return at < 0 ? [] : [`${named(log)}: after event ${at + 1} (${log.events[at]!.type}) the state of ${name} is another than it was`];
      });
      expect(strayed).toEqual([]);
    }
  });

  it('is folded the same beside an unknown event, and with members nobody knows', () => {
    const crowded = (event: RecordEvent) => [withMore(event), unknown(event)];
    for (const log of logs) expect({ log: named(log), ...last(log, crowded) }).toEqual({ log: named(log), ...log.state });
  });

  it('never makes an evolve throw, wherever it comes: after an erasure, or on a record that knows nothing of what came before', () => {
    for (const log of logs) {
      expect(() => replay(log, (event) => [{ ...event, pieces: [] }])).not.toThrow();
      for (const { event } of replay(log)) expect(() => slices.evolve(log.kind, slices.initial(log.kind), event)).not.toThrow();
    }
  });

  it('has the hash it was written with, chained to the one before', () => {
    for (const { stream, events } of logs) {
      let prev = rootHash(stream);
      for (const { hash, ...event } of events) {
        expect([event.seq, hashOf({ ...event, prev })]).toEqual([event.seq, hash]);
        prev = hash;
      }
    }
  });

  describe('in a database of today', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await cloneDatabase();
    });
    afterAll(() => database.drop());

    /** A word to find somebody by is keyed by the store; any bytes do here. */
    const keyed = (value: unknown) => (typeof (value as { keyed?: unknown } | null)?.keyed === 'string' ? '\\x00' : value);
    const plain = (row: object) =>
      Object.fromEntries(Object.entries(row).filter(([column]) => column !== '$key').map(([column, value]) => [column, keyed(value)]));

    it('is projected by functions that exist, in rows they take', async () => {
      const found = await database.query<{ name: string }>(
        `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proargtypes::regtype[] = '[0:0]={jsonb}'`);
      const functions = new Set(found.map(({ name }) => name));
      for (const log of logs) {
        // What was erased is not projected again from its first day: of such a record only the event that makes the tombstone is.
        const gone = log.events.some(({ pieces }) => pieces.some(({ value }) => value === undefined));
        for (const { before, event, after } of replay(log)) {
          const changes = slices.project(log.kind, before, after, event);
          const calls = changes.map(({ call }) => call);
          expect({ type: event.type, unknown: calls.filter((call) => !functions.has(call)) }).toEqual({ type: event.type, unknown: [] });
          if (gone && !calls.some((call) => call.startsWith('erase_'))) continue;
          for (const { call, rows } of changes) {
            for (const row of rows) await database.query(`select ${call}($1)`, [JSON.stringify([plain(row)])]);
          }
        }
      }
    });
  });
});
