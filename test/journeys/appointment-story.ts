/** What the specs of appointments have in common. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { today } from '../support/clock';
import { lead, recipient } from './entered-in-error-story';
import { newReferral, Person, type View } from './driver';

export interface Appointment extends View {
  at: string;
  atParis: string;
  version: number;
  text?: string;
  privateNote?: string;
  counsellor: { id: string };
  ended?: { by?: string; reason?: string; comment?: string; sessionId?: string };
}

export const in3Days = (time = '10:00'): string => `${addCalendarDays(today(), 3)}T${time}`;
export const make = async (by: Person, caseId: string, more: object = {}): Promise<Appointment> =>
  (await by.do(`/v1/cases/${caseId}/appointments`, { at: in3Days(), minutes: 45, ...more })) as Appointment;
export const refused = async (answer: ReturnType<Person['post']>) => {
  const { status, body } = await answer;
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
export const accepted = async (caseId: string): Promise<string> => {
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${id}/accept`);
  return id;
};
export const pathOf = (caseId: string, { id }: { id: string }): string => `/v1/cases/${caseId}/appointments/${id}`;
export const statusOf = async (by: Person, caseId: string, one: { id: string }): Promise<string> =>
  (await by.get(pathOf(caseId, one))).status;
export const handOver = async (caseId: string, to: Person): Promise<void> => {
  const { id } = await lead.do(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: to.structureId,
    note: 'Déménage.',
  });
  await to.do(`/v1/handovers/${id}/accept`);
};
export const callOff = { by: 'counsellor', reason: 'unavailable' };
