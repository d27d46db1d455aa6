/** How the product is asked over HTTP for what a command of the model says: path and body. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../journeys/driver';
import type { Asked } from './commands';
import { dayOf, later, plusDays } from './days';
import { referralOf, type Model } from './model';
import { needs } from './network';

/** The product's ids for the model's words. */
interface Ids {
  readonly caseIds: readonly string[];
  structure(name: string): string;
  person(name: string): Person;
  nth(table: 'referral' | 'handover', n: number): Promise<string>;
  objections(record: number): Promise<readonly { id: string }[]>;
}

export async function requestOf(world: Ids, model: Model, command: Asked): Promise<[path: string, body: object]> {
  const informed = (on: string) => ({ on, how: 'oral' });
  const today = dayOf(model.now);
  const effectiveAt =
    'days' in command && command.do !== 'referral' && command.days !== null
      ? later(model.now, { days: command.days })
      : undefined;
  const onCase = `/v1/cases/${world.caseIds[model.id]!}`;
  switch (command.do) {
    case 'create':
    case 'broadcast': {
      const on = { yes: today, no: undefined, tomorrow: dayOf(later(model.now, { days: 1 })) }[command.informed];
      return [
        `${onCase}/referrals`,
        {
          ...(command.do === 'create'
            ? { toStructureId: world.structure(command.to) }
            : { toStructureIds: command.to.map((to) => world.structure(to)) }),
          needs: needs[command.needs],
          urgency: 'normal',
          contact: 'in_person',
          onwardAllowed: command.onward,
          send: command.send,
          ...(on ? { informed: informed(on) } : {}),
          ...(command.parent === null ? {} : { parentReferralId: await world.nth('referral', command.parent) }),
        },
      ];
    }
    case 'referral': {
      const parent = typeof command.parent === 'number' ? await world.nth('referral', command.parent) : command.parent;
      const edit = {
        toStructureId: command.to ? world.structure(command.to) : command.to,
        needs: command.needs === undefined ? undefined : needs[command.needs],
        parentReferralId: parent,
        ...(command.informed ? { informed: informed(today) } : {}),
      };
      const body = {
        edit,
        send: command.informed ? { informed: informed(today) } : {},
        acknowledge: {},
        accept: command.contact === null ? {} : { contactUserId: world.person(command.contact).id },
        decline: command.comment ? { reason: 'other', comment: 'Autre raison.' } : { reason: 'no_capacity' },
        withdraw: { reason: 'changed_mind' },
        hold: { reason: 'waiting_list', until: dayOf(later(model.now, { days: command.days })) },
        resume: {},
        'name-contact': { contactUserId: world.person(command.contact ?? command.by).id },
        complete: {
          outcome: command.outcome,
          ...(command.remaining ? { remainingNeeds: needs[referralOf(model, command.n)?.needs ?? 'online'] } : {}),
        },
        return: { reason: 'out_of_scope' },
        'request-cancellation': { reason: 'Aidé ailleurs.' },
        'agree-cancellation': {},
        cancel: { reason: 'Décision.' },
        void: { reason: 'Erreur.' },
      }[command.action];
      return [`/v1/referrals/${await world.nth('referral', command.n)}/${command.action}`, body];
    }
    case 'session':
      return [
        `${onCase}/sessions`,
        {
          date: plusDays(today, -(command.ago ?? 0)),
          minutes: 60,
          place: 'autre',
          themes: ['email'],
          equipment: [],
          ...(command.n === null ? {} : { referralId: await world.nth('referral', command.n) }),
        },
      ];
    case 'object':
      return [
        `${onCase}/objections`,
        { against: command.against === 'all' ? 'all' : world.structure(command.against), ...informed(today) },
      ];
    case 'end-objection':
      return [`${onCase}/objections/${(await world.objections(model.id))[command.n]?.id ?? randomUUID()}/end`, {}];
    case 'close':
      return [
        `${onCase}/close`,
        { reason: command.reason, cancelReferrals: command.cancelReferrals, cancelHandover: command.cancelHandover },
      ];
    case 'reopen':
      return [`${onCase}/reopen`, { reason: 'De retour.' }];
    case 'move':
      return [`${onCase}/corrections`, { resident: { commune: command.commune } }];
    case 'assign':
      return [`${onCase}/assignments`, { counsellorId: world.person(command.counsellor).id }];
    case 'open-handover':
      return [
        `${onCase}/handovers`,
        {
          kind: command.kind,
          toStructureId: command.to === null ? undefined : world.structure(command.to),
          toCounsellorId: command.counsellor === null ? undefined : world.person(command.counsellor).id,
          effectiveAt,
          ...(command.said ? { note: 'Note de passation.', reason: 'Départ.' } : {}),
        },
      ];
    case 'erase':
      return [`${onCase}/erasure`, { reason: 'request_of_resident' }];
    case 'merge':
      return [`${onCase}/merge`, { intoCaseId: world.caseIds[command.into], reason: 'Même personne.' }];
    case 'join':
    case 'cancel-session':
    case 'carry-out':
      throw new Error(`${command.do} is not told here.`);
    case 'handover':
      return [
        `/v1/handovers/${await world.nth('handover', command.n)}/${command.action}`,
        {
          accept: {
            effectiveAt,
            counsellorId: command.counsellor === null ? undefined : world.person(command.counsellor).id,
          },
          decline: { reason: 'Autre choix.' },
          withdraw: {},
          cancel: { reason: 'Autre choix.' },
        }[command.action],
      ];
  }
}
