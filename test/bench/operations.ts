/** What people do often. A command's floor is found by looking at what it writes (floor.ts); a read's rows are selected here by their index. */
import { newCase, newReferral, type Person } from '../journeys/driver';
import { commandOf, readOf, type Stage } from './stage';
import type { Asked } from './loads';

interface Operation {
  readonly name: string;
  /** So many requests, each of which succeeds once. */
  requests(stage: Stage, count: number): Promise<Asked[]>;
}

export interface Command extends Operation {
  /** Keeps what was answered for the operations that go on from there. */
  kept?(stage: Stage, ids: readonly string[], requests: readonly Asked[]): void;
}

export interface Read extends Operation {
  /** The rows that the answer is made from, with sealed pieces and keys, by their index; and some values of its parameters. */
  rows(stage: Stage): Promise<{ readonly text: string; readonly values: readonly (readonly unknown[])[] }>;
}

const leadOf = (stage: Stage, { headers }: Asked): Person =>
  stage.leads.find(({ authorization }) => authorization === headers['authorization'])!;

const some = (count: number, request: (n: number) => Asked): Asked[] =>
  Array.from({ length: count }, (_, n) => request(n));

/** Its rows are written by one function, its password verified: nobody can avoid either. */
export const signIn: Command = {
  name: 'sign in',
  async requests(stage, count) {
    const emails = await stage.emails();
    // An account has ten attempts at once: with 32 connections each needs an account of its own.
    return some(count, (n) => stage.signInOf(emails[n % emails.length]!));
  },
};

export const commands: readonly Command[] = [
  signIn,
  {
    name: 'open a case',
    requests: async (stage, count) => some(count, () => commandOf(stage.nextLead(), '/v1/cases', newCase())),
    kept: (stage, ids, requests) =>
      stage.keepCases(
        ids,
        requests.map((request) => leadOf(stage, request)),
      ),
  },
  {
    name: 'record a session',
    async requests(stage, count) {
      const cases = await stage.casesToWorkOn(96);
      return some(count, (n) => {
        const { id, lead } = cases[n % cases.length]!;
        return commandOf(lead, `/v1/cases/${id}/sessions`, stage.session());
      });
    },
  },
  {
    name: 'refer',
    requests: async (stage, count) =>
      (await stage.freshCases(count)).map(({ id, lead }) =>
        commandOf(lead, `/v1/cases/${id}/referrals`, newReferral(stage.recipient.structureId)),
      ),
    kept: (stage, ids) => stage.keepReferrals(ids),
  },
  {
    name: 'accept a referral',
    requests: async (stage, count) =>
      (await stage.sentReferrals(count)).map((id) => commandOf(stage.recipient, `/v1/referrals/${id}/accept`)),
  },
  {
    name: 'hand over',
    requests: async (stage, count) =>
      (await stage.proposedHandovers(count)).map((id) => commandOf(stage.recipient, `/v1/handovers/${id}/accept`)),
  },
];

/** A resident's name as lists show it, and the key it is sealed with. */
const named = (from: string): string => `
  select a.*, s.key, f.ciphertext as first_name, i.ciphertext as identity, p.ciphertext as profile
  from (${from}) a
  join stream s on s.id = a.case_id
  left join piece f on f.event_id = a.first_name_event and f.kind = 'first_name'
  left join piece i on i.event_id = a.identity_event and i.kind = 'identity'
  left join piece p on p.event_id = a.profile_event and p.kind = 'profile'`;

const pageOfLead = 'order by last_activity_at desc, case_id desc limit 21';

export const reads: readonly Read[] = [
  {
    name: 'timeline of 50',
    requests: async (stage, count) => {
      const cases = await stage.timelines();
      return some(count, (n) => {
        const { id, lead } = cases[n % cases.length]!;
        return readOf(lead, `/v1/cases/${id}/timeline?limit=50`);
      });
    },
    rows: async (stage) => ({
      text: `select e.*, p.kind, p.structure_id as of, p.ciphertext, case when e.seq = 1 then s.key end as key
        from (select * from event where stream_id = $1 order by seq limit 51) e
        join stream s on s.id = e.stream_id left join piece p on p.event_id = e.id order by e.seq`,
      values: (await stage.timelines()).map(({ id }) => [id]),
    }),
  },
  {
    name: 'list of 20',
    requests: async (stage, count) => some(count, () => readOf(stage.nextLead(), '/v1/cases?limit=20')),
    rows: async (stage) => ({
      text: named(`select * from case_access where structure_id = $1 ${pageOfLead}`),
      values: [[stage.leads[0]!.structureId]],
    }),
  },
  {
    name: 'search by name',
    requests: async (stage, count) => {
      const names = await stage.names();
      return some(count, (n) =>
        commandOf(stage.nextLead(), '/v1/cases/search', { name: names[n % names.length]!.name, limit: 20 }),
      );
    },
    rows: async (stage) => ({
      text: named(`select a.* from case_access a where structure_id = $1 and case_id in (
        select t.case_id from search_token t where t.structure_id = $1 and t.token = $2) ${pageOfLead}`),
      values: (await stage.names()).map(({ token }) => [stage.leads[0]!.structureId, token]),
    }),
  },
  {
    name: 'tasks',
    requests: async (stage, count) => some(count, () => readOf(stage.recipient, '/v1/tasks?limit=20')),
    rows: async (stage) => {
      const { items } = await stage.recipient.get('/v1/tasks?limit=20');
      return {
        text: `select r.*, s.key, f.ciphertext
          from referral_access r join stream s on s.id = r.case_id
          join piece f on f.stream_id = r.case_id and f.kind = 'first_name' and f.seq = 1 and f.shared_by is null
          where r.structure_id = $1 and r.case_id = any($2::uuid[]) and r.ended_at is null`,
        values: [[stage.recipient.structureId, items.map(({ caseId }) => caseId)]],
      };
    },
  },
  {
    name: 'inbox',
    requests: async (stage, count) => some(count, () => readOf(stage.manager, '/v1/notifications?limit=20')),
    rows: async (stage) => ({
      text: `select n.*, s.key, f.ciphertext
        from (select * from notification where user_id = $1 and structure_id = $2 order by at desc, id desc limit 21) n
        join stream s on s.id = n.case_id
        join piece f on f.stream_id = n.case_id and f.kind = 'first_name' and f.seq = 1 and f.shared_by is null`,
      values: [[stage.manager.id, stage.manager.structureId]],
    }),
  },
  {
    name: 'one case',
    requests: async (stage, count) => {
      const cases = await stage.casesToWorkOn(96);
      return some(count, (n) => {
        const { id, lead } = cases[n % cases.length]!;
        return readOf(lead, `/v1/cases/${id}`);
      });
    },
    rows: async (stage) => ({
      text: named('select * from case_access where structure_id = $1 and case_id = $2'),
      values: (await stage.casesToWorkOn(96)).map(({ id, lead }) => [lead.structureId, id]),
    }),
  },
];
