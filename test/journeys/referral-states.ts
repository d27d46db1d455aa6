import { today } from '../support/clock';
import type { TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type View } from './driver';

/** Seven points of view on one referral. */
export const actors = [
  'sender',
  'recipient',
  'contributor',
  'unrelated',
  'coordinator',
  'administrator',
  'auditor',
] as const;
export type Actor = (typeof actors)[number];
export type People = Record<Actor, Person>;

/** The sender leads the case; the contributor takes part in it through a referral of its own. */
export async function assemble({ baseUrl, password }: Pick<TestSystem, 'baseUrl' | 'password'>): Promise<People> {
  const enter = (account: string) => Person.signIn(baseUrl, `${account}.demo`, password);
  return {
    sender: await enter('conseiller@departement-sarthe'),
    recipient: await enter('conseiller@la-poste'),
    contributor: await enter('conseiller@afpa'),
    unrelated: await enter('conseiller@croix-rouge'),
    coordinator: await enter('coordinateur@departement-sarthe'),
    administrator: await enter('administrateur@departement-sarthe'),
    auditor: await enter('auditeur@departement-sarthe'),
  };
}

/** A body each action must take, whoever sends it. */
export const bodiesOf = ({ recipient }: People) =>
  ({
    edit: { message: 'Autrement dit.' },
    send: {},
    acknowledge: {},
    accept: {},
    decline: { reason: 'no_capacity' },
    withdraw: { reason: 'changed_mind' },
    hold: { reason: 'waiting_list', until: '2027-01-29' },
    resume: {},
    'name-contact': { contactUserId: recipient.id },
    complete: { outcome: 'helped' },
    return: { reason: 'out_of_scope' },
    'request-cancellation': { reason: 'Aidé ailleurs entre-temps.' },
    'agree-cancellation': {},
    cancel: { reason: 'Décision de la coordination.' },
    void: { reason: 'Saisie dans le mauvais dossier.' },
  }) satisfies Record<Action, object>;
export const actions = [
  'edit',
  'send',
  'acknowledge',
  'accept',
  'decline',
  'withdraw',
  'hold',
  'resume',
  'name-contact',
  'complete',
  'return',
  'request-cancellation',
  'agree-cancellation',
  'cancel',
  'void',
] as const;
export type Action = (typeof actions)[number];

type Step = [Actor, Action] | 'first session';

/** How a referral gets into each state; `sent` by creating it, unless it begins elsewhere. */
const ways = {
  draft: [],
  held: [],
  sent: [],
  under_review: [['recipient', 'acknowledge']],
  accepted: [['recipient', 'accept']],
  accepted_requested: [
    ['recipient', 'accept'],
    ['sender', 'request-cancellation'],
  ],
  in_progress: [['recipient', 'accept'], 'first session'],
  in_progress_requested: [['recipient', 'accept'], 'first session', ['sender', 'request-cancellation']],
  on_hold_from_accepted: [
    ['recipient', 'accept'],
    ['recipient', 'hold'],
  ],
  on_hold_from_in_progress: [['recipient', 'accept'], 'first session', ['recipient', 'hold']],
  on_hold_requested: [
    ['recipient', 'accept'],
    ['recipient', 'hold'],
    ['sender', 'request-cancellation'],
  ],
  completed: [['recipient', 'accept'], 'first session', ['recipient', 'complete']],
  declined: [['recipient', 'decline']],
  withdrawn: [['sender', 'withdraw']],
  expired: [], // sent; whoever builds it lets the time pass
  returned: [
    ['recipient', 'accept'],
    ['recipient', 'return'],
  ],
  cancelled_agreed: [
    ['recipient', 'accept'],
    ['sender', 'request-cancellation'],
    ['recipient', 'agree-cancellation'],
  ],
  cancelled_forced: [
    ['recipient', 'accept'],
    ['coordinator', 'cancel'],
  ],
  entered_in_error: [
    ['recipient', 'acknowledge'],
    ['coordinator', 'void'],
  ],
} satisfies Record<string, Step[]>;
export type Situation = keyof typeof ways;
export const situations = Object.keys(ways) as Situation[];

/** `on_hold_from_accepted` is, on the wire, `on_hold`. */
export function statusOf(situation: Situation): string {
  return situation.replace(/_(requested|from_accepted|from_in_progress|agreed|forced)$/, '');
}

export interface Built {
  caseId: string;
  id: string;
}

/**
 * A fresh referral in that situation, through HTTP only, on a case of its own.
 * `held` goes to a structure that the State has not validated: the recipient is then that structure.
 */
export async function build(
  people: People,
  situation: Situation,
  awaiting: { id: string; commune: string },
): Promise<Built> {
  const { sender, recipient, contributor } = people;
  const held = situation === 'held';
  const { id: caseId } = await sender.do('/v1/cases', newCase(held ? awaiting.commune : undefined));
  const other = await sender.do(
    `/v1/cases/${caseId}/referrals`,
    newReferral(contributor.structureId, { needs: ['bureautique'] }),
  );
  await contributor.do(`/v1/referrals/${other.id}/accept`);
  const to = held ? awaiting.id : recipient.structureId;
  const { id } = await sender.do(`/v1/cases/${caseId}/referrals`, newReferral(to, { send: situation !== 'draft' }));
  const steps: Step[] = ways[situation];
  for (const step of steps) {
    if (step === 'first session') await recipient.do(`/v1/cases/${caseId}/sessions`, newSession({ date: today() }));
    else await people[step[0]].do(`/v1/referrals/${id}/${step[1]}`, bodiesOf(people)[step[1]]);
  }
  return { caseId, id };
}

/** What the actor sees of it now: null when it is hidden. */
export async function look(person: Person, id: string): Promise<View | null> {
  const answer = await person.try('GET', `/v1/referrals/${id}`);
  return answer.status === 200 ? answer.body : null;
}
