import { createHash } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, succeeded, type View } from './driver';
import { merge, timeline } from './merge-story';

/** What a structure can be to a record when it is merged. */
const kinds = ['lead', 'contributor', 'candidate', 'former lead', 'former contributor', 'declined', 'none'] as const;
type Kind = (typeof kinds)[number];
const takesPart = (kind: Kind): boolean => kind === 'lead' || kind === 'contributor';

/** All that may be asked to help somebody who lives there. */
const commune = '72003';
const structures = [
  'departement-sarthe',
  'la-poste',
  'afpa',
  'fal-72',
  'croix-rouge',
  'le-mans-metropole',
  'ville-allonnes',
];

/** A record in which each structure has the part of its kind, and everything that can be read of it. */
interface Told {
  id: string;
  name: string;
  kindOf: Map<Person, Kind>;
  sessions: string[];
  referrals: string[];
  handovers: string[];
}

/** Everything somebody reads of both records, by every road there is; of lists only what is about them. */
type Reading = Record<string, unknown>;

describe('nobody reads anything of the other record but who still took part in its own when the two became one', () => {
  let system: TestSystem;
  let everybody: Person[];
  let coordinator: Person;

  beforeAll(async () => {
    system = await startSystem();
    everybody = await Promise.all(
      structures.map((structure) =>
        Person.signIn(system.baseUrl, system.account('conseiller', structure), system.password),
      ),
    );
    coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
  });
  afterAll(() => system.stop());

  async function tell(name: string, kindOf: Map<Person, Kind>): Promise<Told> {
    const who = (kind: Kind) => [...kindOf].find(([, one]) => one === kind)![0];
    const [lead, opener] = [who('lead'), who('former lead')];
    const body = newCase(commune);
    const { id } = await opener.do('/v1/cases', {
      ...body,
      resident: { ...(body['resident'] as object), lastName: name },
    });
    const record = async (by: Person, text: string) =>
      (await by.do(`/v1/cases/${id}/sessions`, newSession({ summary: `${name} ${text}` }))).id;
    const refer = async (to: Person) =>
      (await lead.do(`/v1/cases/${id}/referrals`, newReferral(to.structureId, { message: `${name} orientation` }))).id;
    const sessions = [await record(opener, 'avant')];
    const handover = (
      await opener.do(`/v1/cases/${id}/handovers`, {
        kind: 'push',
        toStructureId: lead.structureId,
        note: `${name} passation`,
      })
    ).id;
    await lead.do(`/v1/handovers/${handover}/accept`);
    const referrals: string[] = [];
    for (const kind of ['contributor', 'former contributor', 'candidate', 'declined'] as const) {
      const [to, referral] = [who(kind), await refer(who(kind))];
      referrals.push(referral);
      if (kind === 'declined') await to.do(`/v1/referrals/${referral}/decline`, { reason: 'no_capacity' });
      if (kind !== 'contributor' && kind !== 'former contributor') continue;
      await to.do(`/v1/referrals/${referral}/accept`);
      sessions.push(await record(to, kind));
      if (kind === 'former contributor') await to.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
    }
    sessions.push(await record(lead, 'pendant'));
    return { id, name, kindOf, sessions, referrals, handovers: [handover] };
  }

  async function readingOf(who: Person, records: readonly Told[]): Promise<Reading> {
    const reading: Reading = {};
    const ids = records.flatMap(({ id, referrals, handovers }) => [id, ...referrals, ...handovers]);
    const about = (items: readonly View[]) =>
      items.filter(({ id }) => ids.includes(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const path of ['/v1/cases', '/v1/referrals', '/v1/handovers']) reading[path] = about(await who.all(path));
    for (const { name } of records)
      reading[`search ${name}`] = about((await who.do('/v1/cases/search', { name })).items);
    const paths = [
      ...records.flatMap(({ id }) =>
        [
          '',
          '/timeline?limit=100',
          '/readings',
          ...records.flatMap(({ sessions }) => sessions.map((sid) => `/sessions/${sid}`)),
        ].map((rest) => `/v1/cases/${id}${rest}`),
      ),
      ...records.flatMap(({ referrals, handovers }) => [
        ...referrals.map((id) => `/v1/referrals/${id}`),
        ...handovers.map((id) => `/v1/handovers/${id}`),
      ]),
    ];
    for (const path of paths) {
      const { status, body, headers } = await who.try('GET', path);
      reading[path] = status === 200 ? body : [status, headers.get('location')];
    }
    return { ...reading, ...(await rowsFor(who, records)) };
  }

  /** And what row-level security alone would let it read. */
  async function rowsFor(who: Person, records: readonly Told[]): Promise<Reading> {
    const token = createHash('sha256').update(who.authorization.slice('Bearer '.length)).digest('hex');
    const columns = {
      event: 'stream_id',
      piece: 'stream_id',
      session_entry: 'case_id',
      lead_period: 'case_id',
      referral: 'case_id',
      handover: 'case_id',
      case_access: 'case_id',
    };
    const rows: Reading = {};
    for (const [table, column] of Object.entries(columns)) {
      for (const { id, name } of records) {
        const [row] = await system.database.queryAs<{ rows: unknown }>('api', `select read_rows($1, $2, $3) as rows`, [
          { token, now: system.clock.now() },
          `select count(*)::int as count from ${table} where ${column} = ($1->>'id')::uuid`,
          { id },
        ]);
        rows[`${table} of ${name}`] = row!.rows;
      }
    }
    return rows;
  }

  /** Who is still asked goes on reading its referral, wherever that lives now. */
  const wherever = (reading: Reading, { id }: Told, into: Told, referrals: readonly string[]): Reading =>
    Object.fromEntries(
      Object.entries(reading).map(([path, read]) => {
        const asked = path === '/v1/referrals' || referrals.some((one) => path.endsWith(one));
        return [path, asked ? (JSON.parse(JSON.stringify(read).replaceAll(id, into.id)) as unknown) : read];
      }),
    );

  /** Which of a record's own words and numbers stand in what somebody reads. */
  const markersIn = (reading: Reading, records: readonly Told[]): string[] => {
    const text = JSON.stringify(Object.values(reading));
    return records
      .flatMap(({ id, name, sessions, referrals, handovers }) => [
        id,
        name,
        `${name} avant`,
        `${name} pendant`,
        `${name} orientation`,
        `${name} passation`,
        ...sessions,
        ...referrals,
        ...handovers,
      ])
      .filter((marker) => text.includes(marker));
  };

  // Turned by one each time: in the end every kind on the one record has met every kind on the other.
  it.each(kinds.map((_, turn) => turn))('the kinds turned by %i', async (turn) => {
    const kindsBy = (shift: number) => new Map(everybody.map((who, at) => [who, kinds[(at + shift) % kinds.length]!]));
    const letters = 'abcdefgh'[turn]!.repeat(4);
    const survivor = await tell(`Suivant${letters}`, kindsBy(0));
    const loser = await tell(`Perdant${letters}`, kindsBy(turn));
    const outside = everybody.filter(
      (who) => !takesPart(survivor.kindOf.get(who)!) && !takesPart(loser.kindOf.get(who)!),
    );
    const before = new Map<Person, Reading>();
    for (const who of outside) before.set(who, await readingOf(who, [survivor, loser]));
    succeeded(await merge({ coordinator } as Parameters<typeof merge>[0], { survivor: survivor.id, loser: loser.id }));
    for (const who of outside) {
      const [part, other] = [survivor.kindOf.get(who)!, loser.kindOf.get(who)!];
      const after = await readingOf(who, [survivor, loser]);
      const asked = other === 'candidate';
      const expected = asked ? wherever(before.get(who)!, loser, survivor, loser.referrals) : before.get(who)!;
      expect([part, other, ...markersIn(after, [survivor, loser])]).toEqual([
        part,
        other,
        ...markersIn(expected, [survivor, loser]),
      ]);
      // Who is asked on the one and keeps something of the other finds what it is asked there, beside what it keeps: as on any record.
      if (!asked || part === 'none' || part === 'declined')
        expect({ part, other, ...after }).toEqual({ part, other, ...expected });
    }
    for (const who of everybody.filter((one) => !outside.includes(one))) {
      const texts = (await timeline(who, survivor.id)).flatMap(({ text }) => text ?? []);
      expect(texts).toEqual(expect.arrayContaining([`${survivor.name} pendant`, `${loser.name} pendant`]));
    }
  });
});
