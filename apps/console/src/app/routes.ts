import { lazy, type ComponentType } from 'preact/compat';
import type { Me } from '../sign-in/me';

type Permission = Me['permissions'][number];
type Parameters = Record<string, string>;
type Shown = ComponentType<{ params: Parameters }>;
type Load = () => Promise<{ default: Shown }>;

interface Route {
  readonly path: string;
  readonly page: Shown;
  readonly needs: Permission;
}

const loads = new Map<Route['page'], Load>();
function page(load: Load): Route['page'] {
  const shown = lazy(load);
  loads.set(shown, load);
  return shown;
}

/** Every page and its address; the first that fits is shown. An address holds ids and codes alone: no name, nothing that was written. */
export const routes: readonly Route[] = [
  { path: '/', needs: 'me.read', page: page(() => import('../day/Day')) },
  { path: '/notifications', needs: 'notification.read', page: page(() => import('../day/News')) },
  { path: '/cases', needs: 'case.read', page: page(() => import('../cases/Cases')) },
  { path: '/cases/new', needs: 'case.open', page: page(() => import('../cases/OpenCase')) },
  { path: '/cases/:id', needs: 'case.read', page: page(() => import('../cases/CasePage')) },
  { path: '/cases/:id/corrections', needs: 'case.write', page: page(() => import('../cases/Corrections')) },
  { path: '/cases/:id/sheet', needs: 'case.read', page: page(() => import('../cases/Sheet')) },
  { path: '/cases/:id/session', needs: 'session.record', page: page(() => import('../sessions/RecordSession')) },
  { path: '/cases/:id/refer', needs: 'referral.create', page: page(() => import('../referrals/Refer')) },
  { path: '/cases/:id/handover', needs: 'handover.create', page: page(() => import('../handovers/HandOver')) },
  { path: '/cases/:id/outside', needs: 'case.read', page: page(() => import('../outside/Outside')) },
  { path: '/cases/:id/outside/:xid', needs: 'case.write', page: page(() => import('../outside/OutsideSheet')) },
  { path: '/handovers', needs: 'handover.read', page: page(() => import('../handovers/Handovers')) },
  { path: '/handovers/:id', needs: 'handover.read', page: page(() => import('../handovers/HandoverPage')) },
  { path: '/handover-batches', needs: 'handover.batch', page: page(() => import('../handovers/Batches')) },
  { path: '/handover-batches/new', needs: 'handover.batch', page: page(() => import('../handovers/MakeBatch')) },
  { path: '/handover-batches/:id', needs: 'handover.batch', page: page(() => import('../handovers/BatchPage')) },
  { path: '/referrals', needs: 'referral.read', page: page(() => import('../referrals/Referrals')) },
  { path: '/referrals/:id', needs: 'referral.read', page: page(() => import('../referrals/ReferralPage')) },
  { path: '/session', needs: 'session.record', page: page(() => import('../sessions/ChooseResident')) },
  { path: '/tasks', needs: 'task.read', page: page(() => import('../day/Tasks')) },
  { path: '/account', needs: 'me.read', page: page(() => import('../account/Account')) },
  {
    path: '/account/second-factor',
    needs: 'me.second-factor',
    page: page(() => import('../account/SecondFactorPage')),
  },
  { path: '/appointments', needs: 'session.read', page: page(() => import('../appointments/Appointments')) },
  {
    path: '/cases/:id/appointment',
    needs: 'session.record',
    page: page(() => import('../appointments/MakeAppointment')),
  },
  {
    path: '/cases/:id/appointments/:aid',
    needs: 'case.read',
    page: page(() => import('../appointments/AppointmentPage')),
  },
  { path: '/sessions', needs: 'session.read', page: page(() => import('../sessions/Sessions')) },
  { path: '/exports', needs: 'session.read', page: page(() => import('../exports/Exports')) },
  { path: '/cases/:id/sessions/:sid', needs: 'case.read', page: page(() => import('../sessions/SessionPage')) },
  { path: '/cases/:id/notes/:nid', needs: 'case.read', page: page(() => import('../notes/NotePage')) },
  {
    path: '/anonymous-session',
    needs: 'session.record',
    page: page(() => import('../anonymous-sessions/RecordAnonymous')),
  },
  {
    path: '/anonymous-sessions',
    needs: 'session.read',
    page: page(() => import('../anonymous-sessions/AnonymousSessions')),
  },
  {
    path: '/anonymous-sessions/:id',
    needs: 'session.read',
    page: page(() => import('../anonymous-sessions/AnonymousSession')),
  },
  { path: '/workshops', needs: 'workshop.read', page: page(() => import('../workshops/Workshops')) },
  { path: '/workshops/new', needs: 'workshop.record', page: page(() => import('../workshops/HoldWorkshop')) },
  { path: '/workshops/:id', needs: 'workshop.read', page: page(() => import('../workshops/WorkshopPage')) },
  { path: '/structures', needs: 'structure.read', page: page(() => import('../structures/Structures')) },
  { path: '/structures/new', needs: 'structure.declare', page: page(() => import('../structures/DeclareStructure')) },
  { path: '/structures/:id', needs: 'structure.read', page: page(() => import('../structures/StructurePage')) },
  { path: '/places', needs: 'place.manage', page: page(() => import('../places/Places')) },
  { path: '/places/new', needs: 'place.manage', page: page(() => import('../places/EditPlace')) },
  { path: '/places/:id', needs: 'place.manage', page: page(() => import('../places/EditPlace')) },
  { path: '/conventions', needs: 'convention.read', page: page(() => import('../conventions/Conventions')) },
  { path: '/team', needs: 'people.read', page: page(() => import('../team/Team')) },
  { path: '/territory', needs: 'territory.read', page: page(() => import('../territory/Territory')) },
  { path: '/statistics', needs: 'statistics.read', page: page(() => import('../statistics/Statistics')) },
  { path: '/statistics/continuity', needs: 'statistics.read', page: page(() => import('../statistics/Continuity')) },
  { path: '/journal', needs: 'audit.read', page: page(() => import('../journal/Journal')) },
  { path: '/journal/find', needs: 'audit.read', page: page(() => import('../journal/FindCase')) },
  { path: '/journal/verifications', needs: 'audit.read', page: page(() => import('../journal/Verifications')) },
  { path: '/journal/cases/:id', needs: 'audit.read', page: page(() => import('../journal/CaseInJournal')) },
  { path: '/settings', needs: 'delays.set', page: page(() => import('../settings/Settings')) },
  { path: '/retention', needs: 'case.erase', page: page(() => import('../retention/Retention')) },
  { path: '/retention/slips/:id', needs: 'case.erase', page: page(() => import('../retention/Slip')) },
  { path: '/duplicates', needs: 'case.merge', page: page(() => import('../duplicates/Duplicates')) },
  { path: '/help', needs: 'me.read', page: page(() => import('../help/Help')) },
  { path: '/accessibility', needs: 'me.read', page: page(() => import('../help/Accessibility')) },
];

/** The files of a page come while it is still being asked who is here. */
export function fetchPage(address: string): void {
  const asked = routes.find(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(address));
  // What does not come now is asked for again when it is to be shown, and missed there.
  void (
    asked &&
    loads
      .get(asked.page)?.()
      .catch(() => undefined)
  );
}

interface Place {
  readonly path: string;
  readonly name: string;
  readonly needs: Permission;
  /** The number beside it, when it has one. */
  readonly badge?: 'tasks' | 'unread';
}

/** The margin, in the order of a working day. */
export const places: readonly Place[] = [
  { path: '/', name: 'Ma journée', needs: 'me.read', badge: 'tasks' },
  { path: '/territory', name: 'Vue d’ensemble', needs: 'territory.read' },
  { path: '/cases', name: 'Dossiers', needs: 'case.read' },
  { path: '/referrals', name: 'Orientations', needs: 'referral.read' },
  { path: '/handovers', name: 'Passations', needs: 'handover.read' },
  { path: '/appointments', name: 'Rendez-vous', needs: 'session.read' },
  { path: '/workshops', name: 'Ateliers', needs: 'workshop.read' },
  { path: '/sessions', name: 'Mes activités', needs: 'session.read' },
  { path: '/statistics', name: 'Statistiques', needs: 'statistics.read' },
  { path: '/retention', name: 'Conservation', needs: 'case.erase' },
  { path: '/duplicates', name: 'Doublons', needs: 'case.merge' },
  { path: '/team', name: 'Équipe', needs: 'people.read' },
  { path: '/structures', name: 'Réseau', needs: 'structure.read' },
  { path: '/journal', name: 'Journal', needs: 'audit.read' },
  { path: '/settings', name: 'Réglages', needs: 'delays.set' },
  { path: '/help', name: 'Aide', needs: 'me.read' },
];
