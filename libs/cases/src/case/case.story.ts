/** What the specs of the case's rules have in common: one follow-up that the Département opens, and a session recorded on it. */
import type { Actor, Context, Decided, RecordEvent, Role } from '@fil-rouge/kernel';
import { fromAbove, Story, type Answer } from '../../../../test/support/given';
import type { CaseRecord, CaseState } from './case';
import { close, open, type Opening } from './case.decider';
import { caseSlice } from './case.slice';
import { recordSession, type Recording, type SessionRow } from '../session/session.decider';

export const departement = 'departement';
export const laPoste = 'la-poste';
export const who = (structureId: string, role: Role = 'counsellor', name: string = role): Actor => ({
  userId: `${name}@${structureId}`,
  structureId,
  role,
  territory: null,
});

export const opening: Opening = {
  caseId: 'case',
  themes: ['email'],
  informed: { on: '2026-11-23', how: 'oral' },
  resident: { firstName: 'Nadia', lastName: 'Ferrand', birthYear: 1984, phone: '06 12 34 56 78', commune: '72264' },
};

const above = fromAbove('case', 'ReferralAccepted', 'ReferralCompleted', 'HandoverTookEffect');

export class Scene extends Story<CaseRecord> {
  status: Record<string, string> = {};
  session: SessionRow | undefined;

  constructor() {
    super('case', [caseSlice, above]);
    this.row = () => this.session;
    this.fact = (id) => {
      if (id === departement || id === laPoste)
        return { kind: 'structure', state: { structure: { status: this.status[id] ?? 'active' } } };
      const [role, structureId] = id.split('@');
      const employments = [
        {
          id: 'e',
          structureId,
          role: 'counsellor',
          from: '2026-01-01',
          until: role === 'gone' ? '2026-11-22' : null,
          ended: false,
        },
      ];
      return structureId ? { kind: 'person', state: { person: { employments } } } : undefined;
    };
  }

  get state(): CaseState {
    return this.record.case;
  }

  by = (actor: Actor, rule: (state: CaseState, context: Context) => Decided[]): Answer =>
    this.when(actor, ({ case: state }, context) => rule(state, context));
  open = (changes: Partial<Opening> = {}): Answer =>
    this.by(who(departement), (state, context) => open(state, { ...opening, ...changes }, context));
  close = (): Answer => this.by(who(departement), (state, context) => close(state, { reason: 'need_met' }, context));

  opened(): this {
    this.open().then({ events: ['CaseOpened'] });
    return this;
  }

  closed(): this {
    this.close().then({ events: ['CaseClosed'] });
    return this;
  }

  grant = (structureId: string): this =>
    this.happened(who(structureId), {
      type: 'ReferralAccepted',
      data: { opened: [{ id: `grant-${structureId}`, structureId, kind: 'contributor', source: 'referral' }] },
    });
  /** Its access as contributor ends. */
  left = (structureId: string, more: { finished?: true }): this =>
    this.happened(who(structureId), { type: 'ReferralCompleted', data: { ...more, ended: [`grant-${structureId}`] } });
  /** The lead moves on. */
  handover = (structureId: string): this =>
    this.happened(who(structureId), {
      type: 'HandoverTookEffect',
      data: {
        ended: this.state.grants.filter(({ kind }) => kind === 'lead').map(({ id }) => id),
        opened: [{ id: `lead-${structureId}`, structureId, kind: 'lead', source: 'handover' }],
        lead: { structureId, counsellorId: null },
      },
    });
  last = (): RecordEvent => this.events.at(-1)!;
}

export const session: Omit<Recording, 'sessionId'> = {
  fields: {
    date: '2026-11-23',
    minutes: 45,
    place: 'domicile',
    themes: ['email'],
    equipment: ['telephone'],
    summary: 'Premier message.',
  },
  privateNote: 'à rappeler',
};
export const record = (scene: Scene, actor: Actor, changes: Partial<Recording> = {}) =>
  scene.by(actor, (state, context) => recordSession(state, { ...session, sessionId: 's1', ...changes }, context));
