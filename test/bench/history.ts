/** What happens to one resident over time, decided by the product's own rules, in memory. */
import {
  localDateOf,
  Problem,
  system,
  type Actor,
  type Change,
  type Context,
  type Decided,
  type Fact,
  type Instant,
  type JsonObject,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { rootHash, type Sealing, type Slices, type State } from '@fil-rouge/platform';
import type { CaseRecord } from '../../libs/cases/src/case/case';
import { close, open } from '../../libs/cases/src/case/case.decider';
import { recordSession } from '../../libs/cases/src/session/session.decider';
import type { HandoverRecord } from '../../libs/referrals/src/handover/handover';
import { accept as agree, propose } from '../../libs/referrals/src/handover/handover.decider';
import type { ReferralRecord } from '../../libs/referrals/src/referral/referral';
import { accept, create } from '../../libs/referrals/src/referral/referral.decider';
import type { Work } from '../../libs/platform/src/records/commit';
import { deliberate, type Course } from '../../libs/platform/src/records/deliberation';
import { firstNameBy, lastNameBy, type Chance } from './chance';

/** Who works where, and the records that rules rely on. */
export interface World {
  readonly slices: Slices;
  readonly sealing: Sealing;
  /** Counsellors by structure. */
  readonly staff: ReadonlyMap<Uuid, readonly Actor[]>;
  readonly facts: ReadonlyMap<Uuid, Fact>;
  readonly communes: readonly string[];
}

type Everything = CaseRecord & ReferralRecord & HandoverRecord;

const day = 86_400_000;
const summaries = [
  'Création d’une adresse électronique, puis première connexion.',
  'Demande de carte grise en ligne, terminée.',
  'Compte des impôts ouvert ; reste à déclarer les revenus.',
  'Rendez-vous médical pris avec la personne, qui sait le faire seule à présent.',
  'Renouvellement du dossier de la caisse d’allocations, pièces numérisées.',
];

export class History {
  readonly events: RecordEvent[] = [];
  /** Of each commit, in order. */
  readonly changes: (readonly Change[])[] = [];
  private readonly referrals = new Map<string, object>();
  private readonly id: Uuid;
  private state: State;
  private now: Instant;

  constructor(
    private readonly world: World,
    private readonly chance: Chance,
    begins: Instant,
    private readonly until: Instant,
  ) {
    this.now = begins;
    this.id = chance.id(begins);
    this.state = world.slices.initial('case');
  }

  /** A life of about that many entries: sessions mostly, at times a referral, a handover, an end. */
  live(entries: number): this {
    const { chance } = this;
    const lead = chance.one(chance.one([...this.world.staff.values()]));
    this.opens(lead);
    const moments = Array.from({ length: Math.max(0, entries - 1) }, () => chance.number()).sort((a, b) => a - b);
    const [from, to] = [Date.parse(this.now), Date.parse(this.until)];
    for (const share of moments) {
      if (this.events.length >= entries) break;
      this.passes(new Date(from + share * (to - from)).toISOString());
      this.happens(entries);
    }
    this.passes(this.until);
    return this;
  }

  /** As the store lays out a record that is new to it. */
  work(): Work {
    const { slices, sealing } = this.world;
    return {
      kind: 'case',
      id: this.id,
      key: sealing.newKey(this.id),
      expect: 0,
      prev: rootHash(this.id),
      before: slices.initial('case'),
      state: this.state,
      events: this.events,
      changes: [],
    };
  }

  private opens(lead: Actor): void {
    const { chance } = this;
    const resident = {
      firstName: firstNameBy(chance),
      lastName: lastNameBy(chance),
      birthYear: 1930 + chance.below(75),
      commune: chance.one(this.world.communes),
      ...(chance.number() < 0.6 ? { phone: `06${String(chance.below(1e8)).padStart(8, '0')}` } : {}),
    };
    const informed = { on: localDateOf(this.now), how: 'oral' };
    this.decide(lead, (record, context) =>
      open(record.case, { caseId: this.id, resident, themes: ['email'], informed }, context),
    );
  }

  private happens(entries: number): void {
    const luck = this.chance.number();
    const lead = this.lead();
    if (!lead) return;
    const left = entries - this.events.length;
    if (luck < 0.04 && left > 3) this.refers(lead);
    else if (luck < 0.05 && left > 3) this.handsOver(lead);
    else if (luck < 0.2 && left === 1) this.closes(lead);
    else this.meets(lead);
  }

  private meets(lead: Actor): void {
    const { chance } = this;
    const fields = {
      date: localDateOf(this.now),
      minutes: 15 * (1 + chance.below(6)),
      place: 'lieu_activite',
      themes: ['email'],
      equipment: ['ordinateur'],
      summary: chance.one(summaries),
    };
    const privateNote = chance.number() < 0.3 ? 'À revoir avec la personne la prochaine fois.' : undefined;
    this.decide(lead, (record, context) =>
      recordSession(record.case, { sessionId: context.newId(), fields, privateNote }, context),
    );
  }

  private refers(lead: Actor): void {
    const recipient = this.elsewhere(lead);
    const asked = {
      caseId: this.id,
      toStructureId: recipient.structureId!,
      needs: ['banque_et_achats_en_ligne'],
      urgency: 'normal' as const,
      message: 'Souhaite consulter son compte en ligne.',
      contact: 'in_person' as const,
      informed: { on: localDateOf(this.now), how: 'oral' },
      send: true,
    };
    const drafted = this.decide(lead, (record, context) => create(record, asked, context))?.find(
      ({ type }) => type === 'ReferralDrafted',
    );
    if (!drafted?.about || this.chance.number() < 0.2) return;
    this.passes(this.later(6));
    const referralId = drafted.about;
    this.decide(recipient, (record, context) => accept(record, { referralId }, context), referralId);
  }

  private handsOver(lead: Actor): void {
    const successor = this.elsewhere(lead);
    const handoverId = this.chance.id(this.now);
    const asked = { handoverId, toStructureId: successor.structureId!, note: 'Le suivi continue chez vous.' };
    if (!this.decide(lead, (record, context) => propose(record, asked, context))) return;
    this.passes(this.later(4));
    this.decide(successor, (record, context) =>
      agree(record, { handoverId, counsellorId: successor.userId! }, context),
    );
  }

  private closes(lead: Actor): void {
    this.decide(lead, (record, context) => close(record.case, { reason: 'need_met', cancelReferrals: true }, context));
  }

  /** Whatever the clock would have done by then, each when it was due. */
  private passes(now: Instant): void {
    for (;;) {
      const due = [...this.world.slices.timers('case', this.state).values()].sort()[0];
      if (due === undefined || due > now) break;
      if (due > this.now) this.now = due;
      if (!this.decide(system, () => [])?.length) break;
    }
    if (now > this.now) this.now = now;
  }

  /** What was written; nothing when a rule refused: then it did not happen. */
  private decide(
    actor: Actor,
    decide: (record: Everything, context: Context) => readonly Decided[],
    referral?: Uuid,
  ): readonly RecordEvent[] | undefined {
    const { slices } = this.world;
    const course: Course = {
      kind: 'case',
      id: this.id,
      expect: this.events.length,
      state: this.state,
      events: [],
      changes: [],
    };
    const side = { work: course, context: this.context(actor, referral) };
    try {
      deliberate<Everything>(
        slices,
        () => this.chance.id(this.now),
        [side],
        ([one]) => [decide(one!.state, one!.context)],
      );
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
    this.state = course.state;
    this.events.push(...course.events);
    this.changes.push(course.changes);
    for (const { call, rows } of course.changes)
      if (call === 'put_referral') for (const row of rows as { id: string }[]) this.referrals.set(row.id, row);
    return course.events;
  }

  private context(actor: Actor, referral?: Uuid): Context {
    const { facts } = this.world;
    return {
      now: this.now,
      today: localDateOf(this.now),
      actor,
      seq: this.events.length,
      newId: () => this.chance.id(this.now),
      fact: (id) => (id ? facts.get(id) : undefined),
      row: <R>(name: string) => (name === 'referral' && referral ? this.referrals.get(referral) : undefined) as R,
      piece: (kind, event): JsonObject | undefined =>
        this.events
          .findLast(
            ({ id, pieces }) =>
              (event === undefined || id === event) && pieces.some((piece) => piece.kind === kind && !piece.sharedBy),
          )
          ?.pieces.find((piece) => piece.kind === kind)?.value,
    };
  }

  private lead(): Actor | undefined {
    const { lead, status } = (this.state as unknown as Everything).case;
    if (!lead || status !== 'open') return undefined;
    const own = this.world.staff.get(lead.structureId) ?? [];
    return own.find(({ userId }) => userId === lead.counsellorId) ?? own[0];
  }

  private elsewhere({ structureId }: Actor): Actor {
    const others = [...this.world.staff].filter(([id]) => id !== structureId);
    return this.chance.one(this.chance.one(others)[1]);
  }

  private later(days: number): Instant {
    const moment = Date.parse(this.now) + this.chance.number() * days * day;
    return new Date(Math.min(moment, Date.parse(this.until))).toISOString();
  }
}
