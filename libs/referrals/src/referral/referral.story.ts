/** What the specs of the referral's rules have in common: one record, its structures and people, and each act of a referral. */
import {
  localDateOf,
  type Actor,
  type Context,
  type Decided,
  type Instant,
  type JsonObject,
  type RecordEvent,
  type Role,
} from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { Story, withoutRows, type Answer } from '../../../../test/support/given';
import { openReferral, type Referral, type ReferralRecord } from './referral';
import * as rule from './referral.decider';
import type { ReferralAction } from './referral.policy';
import { referralsSlice } from './referral.slice';
import { handoverSlice } from '../handover/handover.slice';

export const [departement, afpa, laPoste, mediatheque, mairie, association] = [
  'departement',
  'afpa',
  'la-poste',
  'mediatheque',
  'mairie',
  'association',
] as const;
export const who = (structureId: string, role: Role = 'counsellor', territory: string[] | null = []): Actor => ({
  userId: `${role}@${structureId}`,
  structureId,
  role,
  territory,
});
export const clock: Actor = { userId: null, structureId: null, role: 'system', territory: null };
export const coordinator = who(departement, 'coordinator', ['72181']);

export const asked = (toStructureId: string, change: Partial<rule.NewReferral> = {}): rule.NewReferral => ({
  caseId: 'case',
  toStructureId,
  needs: ['email'],
  urgency: 'normal',
  contact: 'phone',
  message: 'Bonjour',
  informed: { on: '2026-11-23', how: 'oral' },
  send: true,
  ...change,
});

type Rule<I> = (record: ReferralRecord, input: I, context: Context) => Decided[];

/** A follow-up that the Département leads, with its referrals. */
export class FollowUp extends Story<ReferralRecord> {
  private readonly structures = new Map<string, object>();
  private askedAbout: string | undefined;

  constructor() {
    super('case', [...casesLibrary.slices!.map(withoutRows), referralsSlice(), handoverSlice]);
    for (const id of [departement, afpa, laPoste, mediatheque, mairie, association]) this.structure(id, 'active');
    this.fact = (id) => {
      const structure = this.structures.get(id);
      if (structure) return { kind: 'structure', state: { structure } };
      const [, structureId] = id.split('@');
      return structureId
        ? {
            kind: 'person',
            state: {
              person: {
                employments: [{ structureId, role: 'counsellor', from: '2026-01-01', until: null, ended: false }],
              },
            },
          }
        : undefined;
    };
    this.row = (name) => (name === 'referral' && this.askedAbout ? this.referralRow(this.askedAbout) : undefined);
    this.happened(who(departement), {
      type: 'CaseOpened',
      data: {
        opened: [{ id: 'opening', structureId: departement, kind: 'lead', source: 'case' }],
        lead: { structureId: departement, counsellorId: null },
      },
      pieces: [
        { kind: 'first_name', value: { firstName: 'Odile' } },
        { kind: 'identity', value: { lastName: 'Martin', phone: '0612345678' } },
        { kind: 'profile', value: { commune: '72181', birthYear: 1951 } },
      ],
    });
  }

  structure(
    id: string,
    status: string,
    more: { acceptsReferrals?: boolean; communes?: string[]; until?: string } = {},
  ): void {
    this.structures.set(id, {
      status,
      acceptsReferrals: more.acceptsReferrals ?? true,
      communes: more.communes ?? ['72181'],
      staff: [{ employmentId: id, role: 'counsellor', from: '2021-01-04', until: more.until ?? null }],
    });
  }

  ask<I>(actor: Actor, decide: Rule<I>, input: I): Answer {
    this.askedAbout = (input as { referralId?: string }).referralId;
    return this.when(actor, (record, context) => decide(record, input, context));
  }

  /** What is not refused. */
  do<I>(actor: Actor, decide: Rule<I>, input: I): readonly RecordEvent[] {
    return this.ask(actor, decide, input).done;
  }

  /** What falls due on its referrals: that nothing was done with the resident for long is the case's. */
  override passes(now?: Instant): readonly RecordEvent[] {
    return super.passes(now).filter(({ type }) => type !== 'CaseFellSilent');
  }

  creating = (actor: Actor, to: string, change: Partial<rule.NewReferral> = {}): Answer =>
    this.ask(actor, rule.create, asked(to, change));
  create = (actor: Actor, to: string, change: Partial<rule.NewReferral> = {}): string =>
    this.creating(actor, to, change).done[0]!.about!;

  accepted(from: Actor, to: string, change: Partial<rule.NewReferral> = {}): string {
    const referralId = this.create(from, to, change);
    this.do(who(to), rule.accept, { referralId });
    return referralId;
  }

  referral = (id: string): Referral => openReferral(this.record.referrals, id)!;
  referralRow = (id: string): JsonObject | undefined => this.rows('put_referral').find((row) => row['id'] === id);
  status = (id: string): unknown => this.referralRow(id)!['status'];

  /** What it brings, with what follows. */
  brings(actor: Actor, decided: Decided): readonly RecordEvent[] {
    const before = this.events.length;
    return this.happened(actor, decided).events.slice(before);
  }

  session(
    structure: string,
    referralId?: string,
    { on = localDateOf(this.now), id = 'session', type = 'SessionRecorded' } = {},
  ): readonly RecordEvent[] {
    return this.brings(who(structure), {
      type,
      about: id,
      data: { sessionId: id, referralId },
      pieces: [{ kind: 'shared_text', value: { date: on } }],
    });
  }
}

export const perform: Record<
  ReferralAction,
  (story: FollowUp, actor: Actor, referralId: string, ifMatch?: number) => Answer
> = {
  edit: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.edit, { referralId, ifMatch, message: 'Autrement dit.' }),
  send: (story, actor, referralId, ifMatch) => story.ask(actor, rule.send, { referralId, ifMatch }),
  acknowledge: (story, actor, referralId, ifMatch) => story.ask(actor, rule.acknowledge, { referralId, ifMatch }),
  accept: (story, actor, referralId, ifMatch) => story.ask(actor, rule.accept, { referralId, ifMatch }),
  decline: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.decline, { referralId, ifMatch, reason: 'no_capacity' }),
  withdraw: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.withdraw, { referralId, ifMatch, reason: 'changed_mind' }),
  hold: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.hold, { referralId, ifMatch, reason: 'waiting_list', until: localDateOf(story.now) }),
  resume: (story, actor, referralId, ifMatch) => story.ask(actor, rule.resume, { referralId, ifMatch }),
  'name-contact': (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.nameContact, { referralId, ifMatch, contactUserId: `counsellor@${laPoste}` }),
  complete: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.complete, { referralId, ifMatch, outcome: 'helped' }),
  return: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.giveBack, { referralId, ifMatch, reason: 'no_capacity' }),
  'request-cancellation': (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.requestCancellation, { referralId, ifMatch, reason: 'text' }),
  'agree-cancellation': (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.agreeCancellation, { referralId, ifMatch }),
  cancel: (story, actor, referralId, ifMatch) => story.ask(actor, rule.cancel, { referralId, ifMatch, reason: 'text' }),
  void: (story, actor, referralId, ifMatch) =>
    story.ask(actor, rule.voidReferral, { referralId, ifMatch, reason: 'text' }),
};
export const actions = Object.keys(perform) as ReferralAction[];
