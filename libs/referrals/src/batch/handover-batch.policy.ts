/** Where each case of somebody who leaves could go: the same structure first, then who is nearest to the resident, then load. Pure; a proposal binds nobody. */
import { nearnessValues, type DigitalTheme, type Nearness, type ProposalReason, type Uuid } from '@fil-rouge/kernel';
import { covers, nearestOf, nearnessOf, nearnessOfEpci } from '@fil-rouge/users';
import type { Leaving } from './handover-batch';

export interface LedCase {
  readonly caseId: Uuid;
  /** Who follows it. */
  readonly counsellorId?: Uuid | null;
  readonly commune: string;
  readonly themes: readonly string[];
  /** Structures the resident objects to; `all` is everybody. */
  readonly objections: readonly { readonly against: string }[];
}

export interface Destination {
  readonly id: Uuid;
  readonly services: readonly string[];
  readonly communes: string[] | null;
  readonly departement: string | null;
  readonly acceptsReferrals: boolean;
  readonly capacity: string;
  /** EPCI (SIREN) where people of it are placed. */
  readonly placedAt: readonly string[];
  /** Communes (INSEE) where it receives. */
  readonly receivesAt: readonly string[];
  /** Open cases it leads. */
  readonly openCases: number;
}

export interface Colleague {
  readonly userId: Uuid;
  readonly structureId: Uuid;
  readonly role: string;
  /** The EPCI (SIREN) where they are placed; none: at the structure's own. */
  readonly placedAt: readonly string[];
  readonly openCases: number;
}

/** A département is no reason: it is where everybody is. */
const becauseNear: Readonly<Partial<Record<Nearness, ProposalReason>>> = {
  same_commune: 'same_commune',
  same_epci: 'same_epci',
  neighbouring_epci: 'neighbouring_epci',
};

export interface Proposal {
  readonly structureId: Uuid;
  readonly counsellorId: Uuid | null;
  readonly because: readonly ProposalReason[];
}

/** The structures that are active, and who works in the ones a colleague may be proposed of. */
export interface Field {
  readonly destinations: readonly Destination[];
  readonly colleagues: readonly Colleague[];
}

const tools = 'Maîtrise des outils numériques du quotidien';
const safety = 'Utilisation sécurisée du numérique';
const work = 'Insertion professionnelle via le numérique';
const family = 'Parentalité et éducation avec le numérique';
const leisure = 'Loisirs et créations numériques';
const understanding = 'Compréhension du monde numérique';
const procedures = 'Aide aux démarches administratives';

/** The service of the national standard under which a structure offers what a theme needs. Administrative themes come with their parent. */
const serviceOf: Readonly<Record<DigitalTheme, string>> = {
  diagnostic_numerique: tools,
  prendre_en_main_du_materiel: tools,
  maintenance_de_materiel: tools,
  gere_ses_contenus_numeriques: tools,
  navigation_sur_internet: tools,
  email: tools,
  bureautique: tools,
  reseaux_sociaux: tools,
  sante: procedures,
  banque_et_achats_en_ligne: safety,
  entrepreneuriat: work,
  insertion_professionnelle: work,
  securite_numerique: safety,
  parentalite: family,
  scolarite_et_numerique: family,
  creer_avec_le_numerique: leisure,
  culture_numerique: understanding,
  intelligence_artificielle: understanding,
  aide_aux_demarches_administratives: procedures,
};

/** How many of the case's themes the structure's services answer. */
const matches = ({ services }: Destination, { themes }: LedCase): number =>
  themes.filter((theme) => services.includes(serviceOf[theme as DigitalTheme])).length;

/** One per case, in their order; null: nobody is found. What is proposed counts as load at once, so that twelve cases do not all go to one person. */
export function proposalsFor(leaving: Leaving, cases: readonly LedCase[], field: Field): (Proposal | null)[] {
  const given = new Map<Uuid, number>();
  const loadOf = (id: Uuid, openCases: number): number => openCases + (given.get(id) ?? 0);
  return cases.map((led) => {
    const proposal =
      successorOf(leaving, led, field) ??
      colleagueFor(leaving, led, field, loadOf) ??
      structureFor(leaving, led, field, loadOf);
    const to = proposal?.counsellorId ?? proposal?.structureId;
    if (to !== undefined) given.set(to, (given.get(to) ?? 0) + 1);
    return proposal;
  });
}

type LoadOf = (id: Uuid, openCases: number) => number;

const becauseItFollows: Readonly<Partial<Record<Leaving['kind'], ProposalReason>>> = {
  post_moves: 'destination_of_the_post',
  structure_closed: 'takes_over',
};

/** The structure that the post moves to, or that takes this one over, with the same counsellor when already employed there. */
function successorOf({ kind, userId, toStructureId }: Leaving, led: LedCase, { colleagues }: Field): Proposal | null {
  const because = becauseItFollows[kind];
  if (!because || toStructureId === null || objects(led, toStructureId)) return null;
  const who = userId ?? led.counsellorId;
  const same = colleagues.find((colleague) => colleague.structureId === toStructureId && colleague.userId === who);
  return { structureId: toStructureId, counsellorId: same?.userId ?? null, because: [because] };
}

/**
 * Only while the structure stays: nobody can sign in for a closed one, and a suspended one takes on nothing new. A resident goes on where somebody can be reached:
 * who works nearest first, whoever of them has fewest cases.
 */
function colleagueFor(
  { kind, structureId, userId }: Leaving,
  { commune }: LedCase,
  { colleagues }: Field,
  loadOf: LoadOf,
): Proposal | null {
  if (kind !== 'counsellor_leaves') return null;
  const there = colleagues.filter(
    (colleague) =>
      colleague.structureId === structureId && colleague.role === 'counsellor' && colleague.userId !== userId,
  );
  const near = ({ placedAt }: Colleague): Nearness =>
    nearestOf(placedAt.map((siren) => nearnessOfEpci(siren, commune)));
  const best = leastOf(there, (colleague) => [
    nearnessValues.indexOf(near(colleague)),
    loadOf(colleague.userId, colleague.openCases),
  ]);
  return best
    ? { structureId, counsellorId: best.userId, because: ['same_structure', ...reasonOf(near(best)), 'load'] }
    : null;
}

/** A resident is not sent out of reach: territory is a condition; then somebody who offers any of what is needed, the nearest, who offers most of it, load. A full structure comes after every other. */
function structureFor(
  { structureId }: Leaving,
  led: LedCase,
  { destinations }: Field,
  loadOf: LoadOf,
): Proposal | null {
  const possible = destinations.filter(
    (one) => one.id !== structureId && one.acceptsReferrals && !objects(led, one.id) && covers(one, led.commune),
  );
  const near = (one: Destination): Nearness => nearnessOf(one, led.commune);
  const best = leastOf(possible, (one) => [
    one.capacity === 'full' ? 1 : 0,
    matches(one, led) > 0 ? 0 : 1,
    nearnessValues.indexOf(near(one)),
    -matches(one, led),
    loadOf(one.id, one.openCases),
  ]);
  if (!best) return null;
  return {
    structureId: best.id,
    counsellorId: null,
    because: [...(matches(best, led) > 0 ? ['offer' as const] : []), 'territory', ...reasonOf(near(best)), 'load'],
  };
}

const reasonOf = (nearness: Nearness): ProposalReason[] => (becauseNear[nearness] ? [becauseNear[nearness]] : []);

const objects = ({ objections }: LedCase, structureId: Uuid): boolean =>
  objections.some(({ against }) => against === 'all' || against === structureId);

/** The first of those with the smallest key, compared number by number. */
function leastOf<T>(items: readonly T[], keyOf: (item: T) => readonly number[]): T | undefined {
  const compare = (a: readonly number[], b: readonly number[]): number =>
    a.map((value, index) => value - b[index]!).find((difference) => difference !== 0) ?? 0;
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || compare(keyOf(item), keyOf(best)) < 0 ? item : best),
    undefined,
  );
}
