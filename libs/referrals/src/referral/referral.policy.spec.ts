import type { Actor, Role as NetworkRole } from '@fil-rouge/kernel';
import { initialCase, type CaseState } from '@fil-rouge/cases';
import type { Referral } from './referral';
import {
  actionsOf,
  frozen,
  isVisibleTo,
  mayCloseWith,
  rolesOf,
  structuresOf,
  viewOf,
  type View,
} from './referral.policy';

const referral = (change: Partial<Referral> = {}): Referral => ({
  id: 'r',
  status: 'sent',
  version: 2,
  seq: 10,
  from: 'afpa',
  to: 'la-poste',
  needs: ['email'],
  urgency: 'normal',
  contact: 'phone',
  onwardAllowed: false,
  chain: ['afpa'],
  draftEvent: 'd',
  sheetEvent: 's',
  sentAt: '2026-11-23T09:00:00.000Z',
  lastActivityAt: '2026-11-23T09:00:00.000Z',
  ...change,
});
const grant = (structureId: string, kind: 'lead' | 'contributor' | 'candidate') => ({
  id: `${kind}-${structureId}`,
  structureId,
  kind,
  source: 'r',
  fromSeq: 1,
});
const world = (change: Partial<CaseState> = {}): CaseState => ({
  ...initialCase,
  status: 'open',
  commune: '72181',
  grants: [grant('departement', 'lead'), grant('afpa', 'contributor'), grant('la-poste', 'candidate')],
  ...change,
});
const who = (structureId: string, role: NetworkRole = 'counsellor', territory: string[] | null = []): Actor => ({
  userId: 'u',
  structureId,
  role,
  territory,
});
const seen = (view: View | null) => view && [view.box, view.live, view.sheet];

describe('what a structure sees of a referral', () => {
  it('candidate: its own, with the sheet; lead: all; sender who contributes: its own, with the sheet; anybody else: nothing', () => {
    expect(
      ['la-poste', 'departement', 'afpa', 'mairie'].map((structure) => seen(viewOf(referral(), structure, world()))),
    ).toEqual([['received', true, true], ['lead', true, true], ['sent', true, true], null]);
  });

  it('not sent yet: not the recipient', () => {
    expect(viewOf(referral({ status: 'held', sentAt: undefined }), 'la-poste', world())).toBeNull();
    expect(structuresOf(referral(), world())).toEqual(['afpa', 'la-poste', 'departement']);
  });

  it('a child of its own: states and dates, not what was written to the other', () => {
    const state = world({
      grants: [grant('departement', 'lead'), grant('mairie', 'contributor'), grant('afpa', 'contributor')],
    });
    expect(seen(viewOf(referral({ parentFrom: 'mairie' }), 'mairie', state))).toEqual(['child', true, false]);
  });

  it.each(['declined', 'withdrawn', 'expired', 'cancelled', 'completed', 'returned'] as const)(
    'a recipient after %s: its own no longer lives, and without resident and message',
    (status) => {
      expect(seen(viewOf(referral({ status }), 'la-poste', world({ grants: [grant('departement', 'lead')] })))).toEqual(
        ['received', false, false],
      );
    },
  );

  it('a recipient that leads by now keeps its box and reads all', () => {
    expect(
      seen(viewOf(referral({ status: 'completed' }), 'la-poste', world({ grants: [grant('la-poste', 'lead')] }))),
    ).toEqual(['received', true, true]);
  });

  it('a sender without a part any more learns nothing new', () => {
    expect(seen(viewOf(referral(), 'afpa', world({ grants: [grant('departement', 'lead')] })))).toEqual([
      'sent',
      false,
      false,
    ]);
  });

  it('whoever leaves keeps states; only a former lead keeps the sheet as of the end', () => {
    const view = viewOf(referral(), 'departement', world())!;
    expect([frozen(view, true), frozen(view, false)]).toEqual([
      { box: 'lead', roles: [], live: false, sheet: true },
      { box: 'lead', roles: [], live: false, sheet: false },
    ]);
  });
});

describe('who acts', () => {
  it('a child of its own is known to who takes part, and not to who no longer does', () => {
    const child = referral({ parentFrom: 'mairie' });
    const helping = world({ grants: [grant('departement', 'lead'), grant('mairie', 'contributor')] });
    expect([isVisibleTo(child, who('mairie'), helping), isVisibleTo(child, who('mairie'), world())]).toEqual([
      true,
      false,
    ]);
  });

  it('a structure by its counsellors and managers, a coordinator within the territory, nobody for two at once', () => {
    const roles = (actor: Actor) => rolesOf(referral(), actor, world());
    expect([who('afpa'), who('la-poste', 'manager'), who('departement')].map(roles)).toEqual([
      ['sender'],
      ['recipient'],
      ['lead'],
    ]);
    expect(roles(who('departement', 'coordinator', ['72181']))).toEqual(['coordinator']);
    expect(roles(who('departement', 'coordinator', null))).toEqual(['coordinator']);
    expect(roles(who('departement', 'coordinator', ['72003']))).toEqual([]);
    expect(roles(who('departement', 'administrator', null))).toEqual([]);
  });

  it('a former lead sees those that began before its end, and does nothing', () => {
    const state = (seq: number) =>
      world({ grants: [grant('afpa', 'lead')], formers: { departement: { kind: 'former_lead', seq, at: '' } } });
    expect([
      isVisibleTo(referral(), who('departement'), state(10)),
      isVisibleTo(referral(), who('departement'), state(9)),
    ]).toEqual([true, false]);
    expect(actionsOf(referral(), who('departement'), state(10))).toEqual([]);
  });

  it('a sender that takes part no more takes back what it sent, and sends no draft', () => {
    const state = world({ grants: [grant('departement', 'lead')] });
    expect(actionsOf(referral(), who('afpa'), state)).toEqual(['withdraw']);
    expect(actionsOf(referral({ status: 'draft', sentAt: undefined }), who('afpa'), state)).toEqual(['withdraw']);
    expect(actionsOf(referral({ status: 'draft', sentAt: undefined }), who('afpa'), world())).toEqual([
      'edit',
      'send',
      'withdraw',
    ]);
    expect(actionsOf(referral({ status: 'accepted' }), who('afpa'), state)).toEqual(['request-cancellation']);
  });

  it('each action once, in the order of the table', () => {
    expect(actionsOf(referral(), who('la-poste'), world())).toEqual(['acknowledge', 'accept', 'decline']);
    expect(
      actionsOf(
        referral({ status: 'in_progress', cancellationRequestedAt: '2026-11-24T09:00:00.000Z' }),
        who('la-poste'),
        world(),
      ),
    ).toEqual(['hold', 'name-contact', 'complete', 'return', 'agree-cancellation']);
  });
});

it('a case is closed without open referrals, with them cancelled, or because the resident has died', () => {
  expect([
    mayCloseWith(0, 'need_met'),
    mayCloseWith(1, 'need_met'),
    mayCloseWith(1, 'need_met', true),
    mayCloseWith(1, 'deceased'),
  ]).toEqual([true, false, true, true]);
});
