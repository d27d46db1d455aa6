import { declineReasonValues, referralOutcomeValues, referralStatusValues } from '@fil-rouge/kernel';
import { rulesFor, taskRules, titleOf, type Thing } from './tasks.rules';

const referral = (change: Partial<Thing> = {}): Thing => ({
  of: 'referral',
  roles: ['recipient'],
  status: 'sent',
  detail: null,
  requested: false,
  named: true,
  ...change,
});
const kinds = (thing: Thing): string[] => rulesFor(thing).map(({ kind }) => kind);

// Every state of a referral, seen by its recipient and by its sender who leads the case.
it.each<[string, string[], string[]]>([
  ['draft', [], ['send_draft']],
  ['held', [], []],
  ['sent', ['answer_referral'], []],
  ['under_review', ['answer_referral'], []],
  ['accepted', ['start_referral'], []],
  ['in_progress', [], []],
  ['on_hold', ['resume_referral'], []],
  ['completed', [], []],
  ['declined', [], []],
  ['withdrawn', [], []],
  ['expired', [], ['choose_other_structure']],
  ['returned', [], ['propose_next_step']],
  ['cancelled', [], []],
  ['entered_in_error', [], []],
])('%s: recipient %p, sender %p', (status, recipient, sender) => {
  expect([kinds(referral({ status })), kinds(referral({ status, roles: ['sender', 'lead'] }))]).toEqual([
    recipient,
    sender,
  ]);
});

it('knows every state there is', () => {
  expect(
    taskRules
      .filter(({ of }) => of === 'referral')
      .flatMap(({ statuses }) => statuses)
      .filter((status) => !(referralStatusValues as readonly string[]).includes(status)),
  ).toEqual([]);
});

it('asks for another structure after a decline, unless the resident needs none', () => {
  const asked = (detail: string) => kinds(referral({ status: 'declined', detail, roles: ['sender'] }));
  const asking = declineReasonValues.filter((detail) => asked(detail).includes('choose_other_structure'));
  expect(declineReasonValues.filter((detail) => asked(detail).length !== 1)).toEqual([]);
  expect(declineReasonValues.filter((reason) => !asking.includes(reason))).toEqual([
    'not_interested',
    'already_followed',
    'duplicate',
  ]);
});

it('asks for another structure when somebody outside has ended it, and not when the sender itself has', () => {
  const asked = (status: string, detail: string) => kinds(referral({ status, detail, roles: ['sender'] }));
  expect([asked('withdrawn', 'coordinator'), asked('cancelled', 'forced')]).toEqual([
    ['choose_other_structure'],
    ['choose_other_structure'],
  ]);
  expect([asked('withdrawn', 'sender'), asked('cancelled', 'agreed'), asked('cancelled', 'objection')]).toEqual([
    [],
    [],
    [],
  ]);
});

it('asks for no other structure when it is the sender who is not validated', () => {
  expect(
    ['structure_not_validated', 'sender_not_validated'].map((detail) =>
      kinds(referral({ status: 'cancelled', detail, roles: ['sender'] })),
    ),
  ).toEqual([['choose_other_structure'], ['propose_next_step']]);
});

it('asks for a next step when the resident was not helped', () => {
  expect(
    referralOutcomeValues.filter(
      (detail) => kinds(referral({ status: 'completed', detail, roles: ['sender'] })).length > 0,
    ),
  ).toEqual(['could_not_help', 'not_reachable', 'no_show']);
});

it('asks a sender that does not lead for nothing when a referral comes back: that is the lead’s', () => {
  expect([
    kinds(referral({ status: 'returned', roles: ['sender'] })),
    kinds(referral({ status: 'returned', roles: ['lead'] })),
  ]).toEqual([[], ['propose_next_step']]);
});

it('asks for a name when nobody is named, and for the answer to a cancellation beside what else is to do', () => {
  expect(kinds(referral({ status: 'accepted', named: false }))).toEqual(['assign_contact']);
  expect(kinds(referral({ status: 'accepted', requested: true }))).toEqual(['start_referral', 'agree_cancellation']);
  expect(kinds(referral({ status: 'completed', requested: true }))).toEqual([]);
});

it('asks whoever must answer a handover, and whoever leads a case without a counsellor or without life', () => {
  const thing = (of: Thing['of'], role: string, status: string, detail: string): Thing => ({
    of,
    roles: [role],
    status,
    detail,
    requested: false,
    named: false,
  });
  expect(
    ['proposed', 'requested', 'accepted', 'effective', 'declined', 'expired'].map((status) =>
      kinds(thing('handover', 'answering', status, status === 'requested' ? 'pull' : 'push')),
    ),
  ).toEqual([['answer_handover'], ['answer_handover'], [], [], [], []]);
  expect(
    rulesFor(thing('handover', 'answering', 'requested', 'beside')).map(({ kind, title }) => [kind, title]),
  ).toEqual([['answer_handover', 'demande à accompagner aussi une personne que vous suivez, à accepter ou à refuser']]);
  expect(
    ['withdrawn', 'declined', 'expired'].flatMap((status) => kinds(thing('handover', 'proposing', status, 'push'))),
  ).toEqual(['choose_other_lead', 'choose_other_lead']);
  expect(['push', 'beside', 'pull'].map((kind) => kinds(thing('handover', 'deciding', 'expired', kind)))).toEqual([
    [],
    [],
    ['decide_lead'],
  ]);
  expect(['unassigned', 'idle'].map((detail) => kinds(thing('case', 'lead', 'open', detail)))).toEqual([
    ['assign_counsellor'],
    ['review_case'],
  ]);
  expect(kinds(thing('case', 'lead', 'closed', 'idle'))).toEqual([]);
});

it('says it in French: the other structure before a colon, or a sentence of its own', () => {
  expect(
    taskRules.map((rule) => titleOf(rule, 'La Poste')).filter((title) => !/^La Poste\u00a0: [a-zà-ÿ]/.test(title)),
  ).toEqual([]);
  expect(titleOf(taskRules[0]!, 'La Poste', true)).toBe('La Poste\u00a0: orientation urgente à accepter ou à refuser');
  expect(taskRules.map((rule) => titleOf(rule, null)).filter((title) => !/^[A-ZÀ-Ÿ]/.test(title))).toEqual([]);
});
