/** What the specs of a merge have in common: two follow-ups, and the coordinator who makes one of them. */
import { system, type Actor, type Decided, type JsonObject, type Piece } from '@fil-rouge/kernel';
import { fromAbove, outcome, Story } from '../../../../test/support/given';
import type { CaseRecord, CaseState, OpenedGrant } from '../case/case';
import { caseSlice } from '../case/case.slice';
import { merge, type MergeSide } from './merge.decider';

export const [departement, laPoste, afpa] = ['departement', 'la-poste', 'afpa'];
export const coordinator: Actor = {
  userId: 'cora',
  structureId: departement,
  role: 'coordinator',
  territory: ['72264'],
};

const above = fromAbove('case', 'ReferralAccepted', 'ReferralCompleted', 'HandoverProposed', 'HandoverTookEffect');

/** A record as events make it. */
export class FollowUp extends Story<CaseRecord> {
  constructor(id: string, lead = departement, commune = '72264') {
    super('case', [caseSlice, above], { id });
    this.happen(
      'CaseOpened',
      {
        opened: [{ id: `${id}-lead`, structureId: lead, kind: 'lead', source: id }],
        lead: { structureId: lead, counsellorId: `${lead}-anne` },
      },
      [
        { kind: 'first_name', value: { firstName: 'Nadia' } },
        { kind: 'identity', value: { lastName: `Ferrand-${id}` } },
        { kind: 'profile', value: { commune } },
      ],
    );
  }

  get state(): CaseState {
    return this.record.case;
  }

  happen(type: string, data: JsonObject = {}, pieces: readonly Piece[] = []): this {
    return this.happened(system, { type, data, pieces });
  }

  helpedBy = (structureId: string, kind: OpenedGrant['kind'] = 'contributor'): this =>
    this.happen('ReferralAccepted', {
      opened: [{ id: `${this.id}-${structureId}`, structureId, kind, source: `referral-${structureId}` }],
    });
  objects = (against: string, objectionId = `${this.id} against ${against}`): this =>
    this.happen('ObjectionRecorded', { objectionId, against, on: '2026-11-01', how: 'oral' });
  closed = (): this => this.happen('CaseClosed', { reason: 'need_met' });

  side = (actor: Actor = coordinator): MergeSide => ({ state: this.record, context: this.context(actor) });
}

export const input = { loserId: 'loser', survivorId: 'survivor', reason: 'Doublon.' };
export const merging = (
  loser: FollowUp,
  survivor: FollowUp,
  more: Partial<typeof input & { ifMatch: number }> = {},
  actor = coordinator,
) => outcome(() => merge(loser.side(actor), survivor.side(actor), { ...input, ...more }, []));
export const dataOf = <T>(event: Decided | undefined): T => event!.data as object as T;
