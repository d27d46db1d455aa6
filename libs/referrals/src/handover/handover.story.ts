/** What the specs of the handover's rules have in common: one record that the Département leads, and each act of a handover. */
import type { Actor, Context, Decided, Instant, RecordEvent, Role } from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { Story, withoutRows, type Answer as Came } from '../../../../test/support/given';
import type { HandoverRecord } from './handover';
import type { Answer, Opening } from './handover.conditions.decider';
import { accept, cancel, decline, propose, request, withdraw } from './handover.decider';
import type { HandoverAction } from './handover.policy';
import { handoverSlice } from './handover.slice';
import { referralsSlice } from '../referral/referral.slice';

export const [departement, laPoste, afpa, mediatheque] = ['departement', 'la-poste', 'afpa', 'mediatheque'] as const;
export const structures: readonly string[] = [departement, laPoste, afpa, mediatheque];
export const monday = '2026-11-23T09:00:00.000Z';
export const day = (date: string, time = '09:00:00.000'): Instant => `${date}T${time}Z`;
export const later = { effectiveAt: day('2026-12-01') };

export const who = (structureId: string, role: Role = 'counsellor', territory: string[] | null = null): Actor => ({
  userId: `${role}@${structureId}`,
  structureId,
  role,
  territory,
});

export type Rule = (record: HandoverRecord, context: Context) => Decided[];

/** A follow-up that the Département leads, to be handed over. */
export class FollowUp extends Story<HandoverRecord> {
  suspended = new Set<string>();
  empty = new Set<string>();

  constructor() {
    super('case', [...casesLibrary.slices!.map(withoutRows), withoutRows(referralsSlice()), handoverSlice]);
    this.fact = (id) => {
      if (structures.includes(id) || this.empty.has(id)) {
        return {
          kind: 'structure',
          state: {
            structure: {
              status: this.suspended.has(id) ? 'suspended' : 'active',
              ...(this.empty.has(id) && { staff: [] }),
            },
          },
        };
      }
      const [role, structureId] = id.split('@');
      if (!structureId) return undefined;
      const employment = {
        id: 'e',
        structureId,
        role,
        from: '2026-01-01',
        until: '2027-01-15',
        ended: false,
        placedAt: null,
        territory: null,
      };
      return { kind: 'person', state: { person: { status: 'known', version: 1, employments: [employment] } } };
    };
    this.happened(who(departement), {
      type: 'CaseOpened',
      data: {
        opened: [{ id: 'opening', structureId: departement, kind: 'lead', source: 'case' }],
        lead: { structureId: departement, counsellorId: null },
      },
      pieces: [
        { kind: 'first_name', value: { firstName: 'Odile' } },
        { kind: 'profile', value: { commune: '72181', birthYear: 1951 } },
        { kind: 'shared_text', value: { themes: ['email'] } },
      ],
    });
  }

  contributor(structureId: string): this {
    return this.happened(who(structureId), {
      type: 'ReferralAccepted',
      data: { opened: [{ id: `referral-${structureId}`, structureId, kind: 'contributor', source: 'referral' }] },
    });
  }

  ask(actor: Actor, now: Instant, rule: Rule): Came {
    this.now = now;
    return this.when(actor, rule);
  }

  /** What is not refused. */
  do(actor: Actor, now: Instant, rule: Rule): readonly RecordEvent[] {
    return this.ask(actor, now, rule).done;
  }
}

export const push =
  (more: Partial<Opening> = {}) =>
  (record: HandoverRecord, context: Context) =>
    propose(record, { handoverId: 'h1', toStructureId: afpa, note: 'Elle cherche un emploi.', ...more }, context);
export const pull =
  (more: Partial<Opening> = {}) =>
  (record: HandoverRecord, context: Context) =>
    request(record, { handoverId: 'h1', note: 'Nous la voyons.', ...more }, context);
export const says =
  (action: HandoverAction, more: Partial<Answer> = {}) =>
  (record: HandoverRecord, context: Context) =>
    ({ accept, decline, withdraw, cancel })[action](
      record,
      { handoverId: 'h1', reason: 'Parce que', ...more },
      context,
    );
