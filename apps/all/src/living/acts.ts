/** The words in which the year is told: what somebody does on a case, each the request that a screen would make. Days are business days from today. */
import { demoPersonId, demoStructureId } from '@fil-rouge/users';
import type { LocalDate } from '@fil-rouge/kernel';
import type { Client } from '../story/client';

/** Half of a demo address: `conseiller@la-poste`. */
export type Account = string;

/** A case, and what was last begun on it. */
export interface Followed {
  readonly id: string;
  readonly commune: string;
  referral?: string;
  handover?: string;
  outside?: string;
  appointment?: string;
  goal?: { readonly id: string; readonly steps: readonly { readonly id: string }[] };
}

export interface Setting {
  readonly who: Client;
  /** The day it is in the telling, or so many business days from there; see `on`. */
  readonly day: (since?: number) => LocalDate;
  /** A business day from today. */
  readonly on: (businessDay: number) => LocalDate;
  /** The case of that resident. */
  readonly caseOf: (name: string) => Followed;
  /** Ids by their names. */
  readonly places: Map<string, string>;
}

export interface Scene extends Setting {
  readonly file: Followed;
}

export type Act = (scene: Scene) => Promise<unknown>;
/** When, what, and who, where it is not the counsellor of the case. */
export type Step = readonly [day: number, act: Act, by?: Account];

type Made = { readonly id: string };
export const person = (account: Account): string => demoPersonId(`${account}.demo`);

export const guided = 'entierement_accompagne';
export const helped = 'partiellement_autonome';
export const alone = 'autonome';

interface Meeting {
  autonomy?: string;
  place?: 'domicile' | 'a_distance';
  /** Name of a place of the structure. */
  at?: string;
  equipment?: string;
  procedure?: string;
  privateNote?: string;
  /** The appointment that was planned last. */
  planned?: true;
  /** It was done so many business days before it was written down. */
  daysBefore?: number;
}

export const meets =
  (minutes: number, themes: string[], summary: string, meeting: Meeting = {}): Act =>
  async ({ who, file, day, places }) => {
    const { place = 'lieu_activite', at, equipment = 'ordinateur', planned, daysBefore = 0, ...said } = meeting;
    await who.post(`/v1/cases/${file.id}/sessions`, {
      ...{ ...said, summary, minutes, themes, place, equipment: [equipment], date: day(-daysBefore) },
      ...(at === undefined ? { commune: file.commune } : { placeId: places.get(at) }),
      ...(planned ? { appointmentId: file.appointment } : {}),
    });
  };

/** Meetings about one thing, in which the resident manages more and more alone. */
export const practises = (days: readonly number[], theme: string, summaries: readonly string[], at?: string): Step[] =>
  summaries.map((summary, n): Step => {
    const autonomy = [guided, helped, alone][Math.floor((3 * n) / summaries.length)]!;
    const more = { autonomy, daysBefore: n % 3, ...(at === undefined ? {} : { at }) };
    return [days[n]!, meets(30 + 15 * (n % 3), [theme], summary, more)];
  });

export const notes =
  (text: string): Act =>
  ({ who, file }) =>
    who.post(`/v1/cases/${file.id}/notes`, { text });

export const plans =
  (
    businessDay: number,
    time: string,
    more: { minutes?: number; text?: string; privateNote?: string; at?: string } = {},
  ): Act =>
  async ({ who, file, on, places }) => {
    const { at, minutes = 45, ...said } = more;
    const asked = {
      ...said,
      minutes,
      at: `${on(businessDay)}T${time}`,
      ...(at === undefined ? {} : { placeId: places.get(at) }),
    };
    file.appointment = (await who.post<Made>(`/v1/cases/${file.id}/appointments`, asked)).id;
  };
const ofAppointment =
  (verb: string, body: object): Act =>
  ({ who, file }) =>
    who.post(`/v1/cases/${file.id}/appointments/${file.appointment}/${verb}`, body);
export const misses = ofAppointment('miss', {});
export const callsOff = (by: 'resident' | 'counsellor'): Act => ofAppointment('cancel', { by, reason: 'unavailable' });

export const aims =
  (text: string, theme: string, steps: string[]): Act =>
  async ({ who, file }) => {
    file.goal = await who.post(`/v1/cases/${file.id}/goals`, { text, theme, steps });
  };
export const takesStep =
  (nth: number): Act =>
  ({ who, file }) =>
    who.post(`/v1/cases/${file.id}/goals/${file.goal!.id}/step`, { stepId: file.goal!.steps[nth]!.id });
const ofGoal =
  (verb: string) =>
  (comment: string): Act =>
  ({ who, file }) =>
    who.post(`/v1/cases/${file.id}/goals/${file.goal!.id}/${verb}`, { comment });
export const reaches = ofGoal('reach');
export const abandons = ofGoal('abandon');

interface Asking {
  urgency?: 'urgent';
  contact?: 'phone' | 'in_person';
  /** It stays a draft. */
  send?: false;
  onwardAllowed?: true;
  /** It tries the last one again. */
  again?: true;
}

export const refers =
  (to: string, needs: string[], message: string, asking: Asking = {}): Act =>
  async ({ who, file, day }) => {
    const { again, ...said } = { urgency: 'normal', contact: 'via_referrer', send: true, ...asking };
    const { id } = await who.post<Made>(`/v1/cases/${file.id}/referrals`, {
      ...{ ...said, needs, message, toStructureId: demoStructureId(to), informed: { on: day(), how: 'oral' } },
      ...(again ? { previousReferralId: file.referral } : {}),
    });
    file.referral = id;
  };
const ofReferral =
  (verb: string, body: object = {}): Act =>
  ({ who, file }) =>
    who.post(`/v1/referrals/${file.referral}/${verb}`, body);
export const acknowledges = ofReferral('acknowledge');
export const accepts = (contact?: Account): Act =>
  ofReferral('accept', contact === undefined ? {} : { contactUserId: person(contact) });
export const declines = (reason: string, comment?: string): Act =>
  ofReferral('decline', { reason, ...(comment === undefined ? {} : { comment }) });
export const withdraws = (reason: string): Act => ofReferral('withdraw', { reason });
export const completes = (outcome: string, comment: string, remainingNeeds?: string[]): Act =>
  ofReferral('complete', { outcome, comment, ...(remainingNeeds ? { remainingNeeds } : {}) });
export const givesBack = (reason: string, comment: string): Act => ofReferral('return', { reason, comment });
export const asksToCancel = (reason: string): Act => ofReferral('request-cancellation', { reason });
export const cancelsReferral = (reason: string): Act => ofReferral('cancel', { reason });
export const voids = (reason: string): Act => ofReferral('void', { reason });
export const pauses =
  (reason: string, until: number): Act =>
  ({ who, file, on }) =>
    who.post(`/v1/referrals/${file.referral}/hold`, { reason, until: on(until) });

export const sendsOutside =
  (recipient: string, needs: string[], message: string, place: string): Act =>
  async ({ who, file, day }) => {
    const informed = { on: day(), how: 'oral' };
    const body = { recipient, place, needs, message, means: 'printed', informed };
    file.outside = (await who.post<Made>(`/v1/cases/${file.id}/outside-referrals`, body)).id;
  };
export const reports =
  (outcome: string, comment: string): Act =>
  ({ who, file }) =>
    who.post(`/v1/cases/${file.id}/outside-referrals/${file.outside}/report`, { outcome, comment });

const opensHandover =
  (body: object): Act =>
  async ({ who, file }) => {
    file.handover = (await who.post<Made>(`/v1/cases/${file.id}/handovers`, body)).id;
  };
export const proposes = (to: string, note: string): Act =>
  opensHandover({ kind: 'push', toStructureId: demoStructureId(to), note });
export const asksToLead = (note: string): Act => opensHandover({ kind: 'pull', note });
export const passesOnInside = (to: Account): Act => opensHandover({ kind: 'internal', toCounsellorId: person(to) });
export const agrees =
  (counsellor?: Account, from?: number): Act =>
  ({ who, file, on }) =>
    who.post(`/v1/handovers/${file.handover}/accept`, {
      ...(counsellor === undefined ? {} : { counsellorId: person(counsellor) }),
      ...(from === undefined ? {} : { effectiveAt: on(from) }),
    });
export const refusesToLead =
  (reason: string): Act =>
  ({ who, file }) =>
    who.post(`/v1/handovers/${file.handover}/decline`, { reason });

const ofCase =
  (verb: string, body: object): Act =>
  ({ who, file }) =>
    who.post(`/v1/cases/${file.id}/${verb}`, body);
export const closes = (reason: string): Act => ofCase('close', { reason, cancelReferrals: true });
export const reopens = (reason: string): Act => ofCase('reopen', { reason });
export const corrects = (resident: object): Act => ofCase('corrections', { resident, confirmNotDuplicate: true });
export const objectsTo =
  (structure: string): Act =>
  ({ who, file, day }) =>
    who.post(`/v1/cases/${file.id}/objections`, {
      against: structure === 'all' ? structure : demoStructureId(structure),
      on: day(),
      how: 'oral',
    });
export const mergesInto =
  (name: string): Act =>
  ({ who, file, caseOf }) =>
    who.post(`/v1/cases/${file.id}/merge`, {
      ...{ intoCaseId: caseOf(name).id, reason: 'La même personne, inscrite par deux structures.' },
    });
export const isRead =
  (reasonCode: string, comment: string): Act =>
  ({ who, file }) =>
    who.post(`/v1/audit/cases/${file.id}/readings`, { reasonCode, comment });
