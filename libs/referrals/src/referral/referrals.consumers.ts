import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import {
  Consumer,
  Database,
  fanOut,
  Records,
  type Consumed,
  type ConsumerInterest,
  type Transaction,
} from '@fil-rouge/platform';
import type { HandoverRecord } from '../handover/handover';
import { structureDecided as handoverFollows } from '../handover/handover.consequences.decider';
import { isGone, isStructureEvent, networkId } from '@fil-rouge/users';
import type { Referral, ReferralRecord } from './referral';
import { structureDecided } from './referral.consequences.decider';

/** A decision of the State on a structure: which cases have a held referral that waits for it, or something open to a structure now gone? */
@Injectable()
export class DecidedStructures extends Consumer {
  static readonly interest = { name: 'decided-structures', events: ['StructureDecided'] };

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!isStructureEvent(event) || event.type !== 'StructureDecided') return;
    const { status } = event.data;
    const concerned = await transaction.query<{ case_id: Uuid }>(
      `select case_id from referral where from_structure_id = $1 and ended_at is null and status = 'held'
       union select case_id from referral where to_structure_id = $1 and ended_at is null and (status = 'held' or $2)
       union select case_id from handover where to_structure_id = $1 and status in ('proposed', 'requested', 'accepted') and $3`,
      [event.stream, status === 'closed', isGone({ status })],
    );
    await fanOut(
      transaction,
      HeldReferrals.interest.name,
      event,
      concerned.map(({ case_id }) => case_id),
      now,
    );
  }
}

/** On one case: releases, cancels or returns what the decision concerns, against the structures as they stand now. */
@Injectable()
export class HeldReferrals extends Consumer {
  /** Woken by `decided-structures` alone, once per case concerned. */
  static readonly interest: ConsumerInterest = { name: 'held-referrals', events: [] };

  constructor(
    private readonly records: Records,
    private readonly database: Database,
  ) {
    super();
  }

  override async command(event: RecordEvent, consumes: Consumed, target: Uuid): Promise<void> {
    const structureId = event.stream;
    // Told for a record that has been merged since: what was held there waits where it went.
    const [{ present } = { present: target }] = await this.database.query<{ present: Uuid }>(
      'present_record',
      'select present_record($1) as present',
      [target],
    );
    const others = await this.database.query<{ id: Uuid }>(
      'held_referral_sides',
      `select distinct unnest(array[from_structure_id, to_structure_id]) as id from referral where case_id = $1 and status = 'held'`,
      [present],
    );
    const asked = [structureId, ...others.map(({ id }) => id)];
    await this.records.decide<ReferralRecord & HandoverRecord, null>({
      caller: null,
      consumes,
      on: [{ kind: 'case', id: present }],
      facts: [networkId, ...asked],
      pieces: ['first_name', 'profile'],
      decide: ([one]) => {
        if (one!.state.case.status === 'merged')
          throw new Error('merged between the two looks: tried again, where it went');
        if (held(one!.state).some(({ from, to }) => ![from, to!].every((id) => asked.includes(id))))
          throw new Error('one more is held since the look at their sides: tried again');
        return [
          [
            ...structureDecided(one!.state, { structureId }, one!.context),
            ...handoverFollows(one!.state, { structureId }, one!.context),
          ],
        ];
      },
      result: () => null,
    });
  }
}

const held = ({ referrals }: ReferralRecord): Referral[] => referrals.open.filter(({ status }) => status === 'held');
