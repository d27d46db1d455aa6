/** What may happen to a convention and its posts. Pure: state, input, context → events, or a `Problem`. */
import {
  addCalendarDays,
  addMonths,
  checkDay,
  forbidden,
  invalid,
  notFound,
  stale,
  wrongState,
  type Actor,
  type Context,
  type Decided,
  type LocalDate,
  type PostStatus,
  type Uuid,
} from '@fil-rouge/kernel';
import {
  alertAt,
  endingsOf,
  perCounsellorAndYear,
  usualYears,
  waitingAlerts,
  type ConventionEventData,
  type ConventionState,
  type Post,
} from './convention';
import { personOf } from '../person/person';
import { isGone, structureOf } from '../structure/structure';

export type SignInput = {
  structureId: Uuid;
  reference: string;
  envelope: number;
  from: LocalDate;
  until?: LocalDate;
  posts: number;
  amount?: number;
};
export type PostInput =
  | { verb: 'occupy'; userId: Uuid; from: LocalDate }
  | { verb: 'vacate'; on: LocalDate }
  | { verb: 'return'; on: LocalDate };

/** From which states each is done. Nothing leaves `returned`: another post is another convention's. */
const before: Readonly<Record<PostInput['verb'], readonly PostStatus[]>> = {
  occupy: ['vacant'],
  vacate: ['occupied'],
  return: ['vacant', 'occupied'],
};
const verbsFrom = (status: PostStatus): string[] =>
  Object.entries(before).flatMap(([verb, from]) => (from.includes(status) ? [verb] : []));

const recordsMoney = ({ role }: Actor): boolean => role === 'administrator' || role === 'system';
/** Who holds its posts a structure says itself. */
const recordsPosts = ({ role, structureId }: Actor, of: Uuid): boolean =>
  recordsMoney({ role } as Actor) || (role === 'manager' && structureId === of);

/** Needs the structure as a fact. Its posts are vacant until somebody holds them. */
export function signConvention(input: SignInput, context: Context): Decided[] {
  const { structureId, reference, envelope, from, posts } = input;
  if (!recordsMoney(context.actor)) throw forbidden('Only an administrator records the State’s conventions.');
  const structure = structureOf(context.fact(structureId));
  if (!structure || structure.status === 'none') throw notFound('There is no structure of this id.');
  if (isGone(structure))
    throw invalid('', 'closed', 'This structure was refused or closed: the State signs nothing with it.');
  checkDay('conventionFrom', from, context.today, '/from');
  const until = input.until ?? addCalendarDays(addMonths(from, 12 * usualYears), -1);
  checkDay('conventionUntil', until, context.today, '/until');
  if (until < from) throw invalid('/until', 'before-from', 'A convention cannot end before it begins.');
  const amount = input.amount ?? perCounsellorAndYear * usualYears * posts;
  const postIds = Array.from({ length: posts }, () => context.newId());
  const data = { structureId, reference, envelope, from, until, amount, postIds };
  return [{ type: 'ConventionSigned', data: data satisfies ConventionEventData['ConventionSigned'] }];
}

/** On another day than was agreed on, with a reason; nothing of it changes any more. */
export function endConvention(
  { status, structureId, from, until, posts, version }: ConventionState,
  { on, reason, ifMatch }: { on: LocalDate; reason: string; ifMatch?: number },
  { actor, today }: Context,
): Decided[] {
  if (status === 'none') throw notFound();
  if (!recordsMoney(actor)) throw forbidden('Only an administrator records the State’s conventions.');
  if (ifMatch !== undefined && ifMatch !== version) throw stale();
  if (status === 'ended') throw wrongState(status);
  // What begins in the future can be called off, then for its first day.
  if (on !== from) checkDay('decided', on, today, '/on');
  if (on < from) throw invalid('/on', 'before-from', 'A convention cannot end before it begins.');
  if (on > until) throw invalid('/on', 'after-end', `This convention ends on ${until} by itself.`);
  const changed = posts.map(({ since }) => since).reduce((one, other) => (one > other ? one : other), from);
  if (on < changed)
    throw invalid(
      '/on',
      'before-from',
      `A post of this convention changed on ${changed}: it cannot have ended before.`,
    );
  return [{ type: 'ConventionEnded', data: { structureId, on, reason } }];
}

/** Needs the person as a fact, when somebody is to hold the post. */
export function changePost(
  state: ConventionState,
  postId: Uuid,
  input: PostInput,
  ifMatch: number | undefined,
  context: Context,
): Decided[] {
  const { structureId, until } = state;
  const post = state.posts.find(({ id }) => id === postId);
  const { actor } = context;
  if (state.status === 'none' || !post || (actor.role === 'manager' && actor.structureId !== structureId))
    throw notFound();
  if (!recordsPosts(actor, structureId))
    throw forbidden('Only an administrator, or a manager of the structure, says who holds its posts.');
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  if (state.status === 'ended') throw wrongState('ended');
  if (!before[input.verb].includes(post.status)) throw wrongState(post.status, verbsFrom(post.status));
  const [day, pointer] = input.verb === 'occupy' ? [input.from, '/from'] : [input.on, '/on'];
  checkDay('decided', day, context.today, pointer);
  if (day < post.since)
    throw invalid(pointer, 'before-from', `This post has been as it is since ${post.since}: it cannot change before.`);
  if (day > until) throw invalid(pointer, 'after-end', `This convention ends on ${until} by itself.`);
  const data = { structureId, postId };
  switch (input.verb) {
    case 'occupy':
      checkHolder(state, input, context);
      return [{ type: 'PostOccupied', data: { ...data, userId: input.userId, from: day } }];
    case 'vacate':
      return [{ type: 'PostVacated', data: { ...data, on: day } }];
    case 'return':
      return [{ type: 'PostReturned', data: { ...data, on: day } }];
  }
}

/** Somebody whom the structure employs on that day, as a counsellor or to coordinate; one post each. */
function checkHolder(
  { structureId, posts }: ConventionState,
  { userId, from }: Extract<PostInput, { verb: 'occupy' }>,
  context: Context,
): void {
  const works = personOf(context.fact(userId))?.employments.some(
    (employment) =>
      employment.structureId === structureId &&
      (employment.role === 'counsellor' || employment.role === 'coordinator') &&
      employment.from <= from &&
      (employment.until === null || from <= employment.until),
  );
  if (!works)
    throw invalid('/userId', 'unknown', 'This structure employs no counsellor or coordinator of this id on that day.');
  if (posts.some((post: Post) => post.userId === userId))
    throw invalid('/userId', 'taken', 'This person holds another post of this convention.');
}

/**
 * What comes near by now, each once, and posts of the same last day together: of several days that were missed the nearest. Of an end that was past when it was recorded
 * nobody is told.
 */
export function due(state: ConventionState, { now }: Context): Decided[] {
  const near = new Map<string, ConventionEventData['EndNears']>();
  for (const ending of endingsOf(state)) {
    const days = waitingAlerts(ending)
      .filter((count) => alertAt(ending, count) <= now)
      .at(-1);
    if (days === undefined) continue;
    const { of, postId, on } = ending;
    const key = [of, on, days].join();
    const { postIds = [] } = near.get(key) ?? {};
    near.set(key, { structureId: state.structureId, of, ...(postId && { postIds: [...postIds, postId] }), on, days });
  }
  return [...near.values()].map((data) => ({ type: 'EndNears', data }));
}
