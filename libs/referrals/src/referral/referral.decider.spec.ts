import { addBusinessDays, endOfDay, localDateOf, type ReferralStatus } from '@fil-rouge/kernel';
import type { ReferralAction } from './referral.policy';
import {
  actions,
  afpa,
  coordinator,
  departement,
  FollowUp,
  laPoste,
  mairie,
  mediatheque,
  perform,
  who,
} from './referral.story';

// A referral from a contributor (Afpa, who continues the Département's) to La Poste: sender and lead are two.
const actors = {
  sender: who(afpa, 'manager'),
  recipient: who(laPoste),
  lead: who(departement),
  coordinator,
  'a coordinator elsewhere': who(departement, 'coordinator', ['72003']),
  'a candidate of another referral': who(mediatheque),
  'a structure without any part': who(mairie),
  administrator: who(departement, 'administrator', null),
} as const;
type Who = keyof typeof actors;

type Situation = ReferralStatus | 'requested';
const situations: Record<Situation, (story: FollowUp, id: string) => void> = {
  draft: () => {},
  held: () => {},
  sent: () => {},
  under_review: (story, id) => perform.acknowledge(story, actors.recipient, id),
  accepted: (story, id) => perform.accept(story, actors.recipient, id),
  in_progress: (story, id) => {
    situations.accepted(story, id);
    story.session(laPoste);
  },
  on_hold: (story, id) => {
    situations.accepted(story, id);
    perform.hold(story, actors.recipient, id);
  },
  requested: (story, id) => {
    situations.accepted(story, id);
    perform['request-cancellation'](story, actors.lead, id);
  },
  completed: (story, id) => {
    situations.accepted(story, id);
    perform.complete(story, actors.recipient, id);
  },
  declined: (story, id) => perform.decline(story, actors.recipient, id),
  withdrawn: (story, id) => perform.withdraw(story, actors.sender, id),
  expired: (story) => story.passes(endOfDay(addBusinessDays(localDateOf(story.now), 20))),
  returned: (story, id) => {
    situations.accepted(story, id);
    perform.return(story, actors.recipient, id);
  },
  cancelled: (story, id) => {
    situations.accepted(story, id);
    perform.cancel(story, coordinator, id);
  },
  entered_in_error: (story, id) => perform.void(story, coordinator, id),
};

function given(situation: Situation): { story: FollowUp; id: string } {
  const story = new FollowUp();
  const parentReferralId = story.accepted(who(departement), afpa, { onwardAllowed: true });
  story.session(afpa);
  // Not answered either, and expires before the one in question would matter.
  story.create(who(departement), mediatheque);
  if (situation === 'held') story.structure(laPoste, 'awaiting_state_validation');
  const id = story.create(actors.sender, laPoste, { parentReferralId, send: situation !== 'draft' });
  situations[situation](story, id);
  expect(story.status(id)).toBe(situation === 'requested' ? 'accepted' : situation);
  return { story, id };
}

// docs/domain.md, retyped here by hand: state → action → who.
const underWay = {
  'name-contact': ['recipient'],
  complete: ['recipient'],
  return: ['recipient'],
  cancel: ['coordinator'],
  void: ['coordinator'],
} as const;
const unanswered = {
  accept: ['recipient'],
  decline: ['recipient'],
  withdraw: ['sender', 'lead', 'coordinator'],
  void: ['coordinator'],
} as const;
const over = { void: ['coordinator'] } as const;
const law: Record<Situation, Partial<Record<ReferralAction, readonly Who[]>>> = {
  draft: { edit: ['sender'], send: ['sender'], withdraw: ['sender', 'lead'], void: ['coordinator'] },
  held: { withdraw: ['sender', 'lead'], void: ['coordinator'] },
  sent: { acknowledge: ['recipient'], ...unanswered },
  under_review: unanswered,
  accepted: { ...underWay, hold: ['recipient'], 'request-cancellation': ['lead', 'sender'] },
  in_progress: { ...underWay, hold: ['recipient'], 'request-cancellation': ['lead', 'sender'] },
  on_hold: { ...underWay, resume: ['recipient'], 'request-cancellation': ['lead', 'sender'] },
  requested: { ...underWay, hold: ['recipient'], 'agree-cancellation': ['recipient'] },
  completed: over,
  declined: over,
  withdrawn: over,
  expired: over,
  returned: over,
  cancelled: over,
  entered_in_error: {},
};
const theirs: Partial<Record<Who, readonly ReferralAction[]>> = {
  sender: ['edit', 'send', 'withdraw', 'request-cancellation'],
  lead: ['withdraw', 'request-cancellation'],
  recipient: [
    'acknowledge',
    'accept',
    'decline',
    'hold',
    'resume',
    'name-contact',
    'complete',
    'return',
    'agree-cancellation',
  ],
  coordinator: ['withdraw', 'cancel', 'void'],
};
const hidden: readonly Who[] = [
  'a coordinator elsewhere',
  'a candidate of another referral',
  'a structure without any part',
];
const undisclosed: readonly Situation[] = ['draft', 'held'];

/** The same situation until somebody changes it: what is refused leaves it as it was. */
function unlessDone(situation: Situation): (act: (story: FollowUp, id: string) => string) => string {
  let present = given(situation);
  return (act) => {
    const { story, id } = present;
    const before = story.events.length;
    const code = act(story, id);
    if (code === 'done') present = given(situation);
    else expect(story.events.length).toBe(before);
    return code;
  };
}

function expected(situation: Situation, action: ReferralAction, name: Who): string {
  if (hidden.includes(name) || (name === 'recipient' && undisclosed.includes(situation))) return 'not-found';
  if (!theirs[name]?.includes(action)) return 'forbidden';
  return law[situation][action]?.includes(name) ? 'done' : 'wrong-state';
}

describe.each(Object.keys(situations) as Situation[])('a referral that is %s', (situation) => {
  it.each(Object.keys(actors) as Who[])(
    'for %s: what the table says, and the present state with what is possible when it is too late',
    (name) => {
      const attempt = unlessDone(situation);
      const outcome = actions.map((action) => [
        action,
        attempt((story, id) => perform[action](story, actors[name], id).code),
      ]);
      expect(outcome).toEqual(actions.map((action) => [action, expected(situation, action, name)]));
    },
  );

  it('a refusal names the state and what the caller may do', () => {
    const { story, id } = given(situation);
    for (const name of ['sender', 'recipient', 'lead', 'coordinator'] as const) {
      const possible = actions.filter((action) => law[situation][action]?.includes(name));
      const tooLate = theirs[name]!.find((action) => expected(situation, action, name) === 'wrong-state');
      if (!tooLate) continue;
      const { problem } = perform[tooLate](story, actors[name], id);
      expect(problem!.members).toEqual({ status: story.status(id), actions: expect.arrayContaining(possible) });
      expect(problem!.members.actions).toHaveLength(possible.length);
    }
  });

  it('a stale If-Match is refused before the state is looked at, and after the rights', () => {
    const attempt = unlessDone(situation);
    for (const action of actions) {
      for (const name of ['sender', 'recipient', 'lead', 'coordinator', 'a structure without any part'] as const) {
        const code = expected(situation, action, name);
        expect(attempt((story, id) => perform[action](story, actors[name], id, 999).code)).toBe(
          code === 'done' || code === 'wrong-state' ? 'stale' : code,
        );
      }
    }
  });
});
