/**
 * READ FIRST: what the State pays a structure for: a convention, its envelope and its posts. Pure.
 * Nothing of it is a resident's. It is only ever added to, as the State's decisions on structures are.
 */
import {
  addCalendarDays,
  addMonths,
  atParis,
  eventsOf,
  type Instant,
  type LocalDate,
  type PostStatus,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';

/** What the State pays for one counsellor and year, in euros; and for how long, when nothing else is agreed on. */
export const perCounsellorAndYear = 25_000;
export const usualYears = 2;

/** A vacated post is filled within so many months, or goes back to the State. */
const monthsToFill = 6;
/** So many days before an end it is called to mind; and on the last day itself, which ends it. Six months before the end of six months a post has just become vacant. */
const alertDays: Readonly<Record<Ending['of'], readonly number[]>> = {
  convention: [180, 90, 30, 0],
  vacancy: [90, 30, 0],
};

export type Post = {
  id: Uuid;
  status: PostStatus;
  /** Who holds it. */
  userId: Uuid | null;
  /** Since when it has been so. */
  since: LocalDate;
  /** The event that made it so: the row of its history. */
  period: Uuid;
  /** The nearest of the `alertDays` that was told of its vacancy. */
  alerted?: number;
};

export type ConventionState = {
  status: 'none' | 'running' | 'ended';
  version: number;
  structureId: Uuid;
  reference: string;
  envelope: number;
  from: LocalDate;
  /** Last day, included. */
  until: LocalDate;
  amount: number;
  posts: Post[];
  endReason?: string;
  alerted?: number;
};
export type ConventionRecord = { convention: ConventionState };

export type ConventionEventData = {
  ConventionSigned: {
    structureId: Uuid;
    /** The State's number. */
    reference: string;
    /** The first one, or one that follows it. */
    envelope: number;
    from: LocalDate;
    until: LocalDate;
    /** Euros, of the whole envelope. */
    amount: number;
    postIds: Uuid[];
  };
  /** It ends on another day than was agreed on. */
  ConventionEnded: { structureId: Uuid; on: LocalDate; reason: string };
  PostOccupied: { structureId: Uuid; postId: Uuid; userId: Uuid; from: LocalDate };
  PostVacated: { structureId: Uuid; postId: Uuid; on: LocalDate };
  PostReturned: { structureId: Uuid; postId: Uuid; on: LocalDate };
  /** An end comes near: of the convention, or of the time in which vacant posts, `postIds`, have to be filled. `on`: the last day. */
  EndNears: { structureId: Uuid; of: 'convention' | 'vacancy'; postIds?: Uuid[]; on: LocalDate; days: number };
};

export const conventionWrites: Readonly<Record<keyof ConventionEventData, number>> = {
  ConventionSigned: 1,
  ConventionEnded: 1,
  PostOccupied: 1,
  PostVacated: 1,
  PostReturned: 1,
  EndNears: 1,
};

export const isConventionEvent = eventsOf<ConventionEventData>(conventionWrites);

export const initialConvention: ConventionState = {
  ...{ status: 'none', version: 0, structureId: '', reference: '', envelope: 0 },
  ...{ from: '', until: '', amount: 0, posts: [] },
};

export function evolveConvention(state: ConventionState, event: RecordEvent): ConventionState {
  if (!isConventionEvent(event)) return state;
  const next = { ...state, version: state.version + 1 };
  const post = (id: Uuid, changed: Partial<Post>): ConventionState => ({
    ...next,
    posts: state.posts.map((one) =>
      one.id === id ? { id, status: one.status, userId: null, since: one.since, period: event.id, ...changed } : one,
    ),
  });
  switch (event.type) {
    case 'ConventionSigned': {
      const { structureId, reference, envelope, from, until, amount, postIds } = event.data;
      const posts = postIds.map((id): Post => ({ id, status: 'vacant', userId: null, since: from, period: id }));
      return { ...next, status: 'running', structureId, reference, envelope, from, until, amount, posts };
    }
    case 'ConventionEnded':
      return { ...next, status: 'ended', until: event.data.on, endReason: event.data.reason };
    case 'PostOccupied': {
      const { postId, userId, from } = event.data;
      return post(postId, { status: 'occupied', userId, since: from });
    }
    case 'PostVacated':
      return post(event.data.postId, { status: 'vacant', since: event.data.on });
    case 'PostReturned':
      return post(event.data.postId, { status: 'returned', since: event.data.on });
    // What is called to mind changes nothing of what was agreed on: nobody's If-Match is stale for it.
    case 'EndNears': {
      const { of, postIds = [], days: alerted } = event.data;
      if (of === 'convention') return { ...state, alerted };
      return { ...state, posts: state.posts.map((one) => (postIds.includes(one.id) ? { ...one, alerted } : one)) };
    }
  }
}

/** The last day on which a vacant post may still be filled, never later than the convention's own. */
export const fillBy = ({ until }: Pick<ConventionState, 'until'>, { since }: Pick<Post, 'since'>): LocalDate => {
  const last = addMonths(since, monthsToFill);
  return last < until ? last : until;
};

/** What ends, and which of the days before it was told. */
export interface Ending {
  readonly of: 'convention' | 'vacancy';
  readonly postId?: Uuid;
  readonly on: LocalDate;
  readonly alerted?: number;
}

export const endingsOf = (state: ConventionState): Ending[] =>
  state.status !== 'running'
    ? []
    : [
        { of: 'convention', on: state.until, alerted: state.alerted },
        ...state.posts
          .filter(({ status }) => status === 'vacant')
          .map((post): Ending => ({ of: 'vacancy', postId: post.id, on: fillBy(state, post), alerted: post.alerted })),
      ];

/** In the morning of the day that many days before. */
export const alertAt = ({ on }: Ending, days: number): Instant => atParis(addCalendarDays(on, -days), '09:00');

/** Those that were not told yet, the farthest first. */
export const waitingAlerts = ({ of, alerted = Infinity }: Ending): number[] =>
  alertDays[of].filter((days) => days < alerted);

/** When something is next called to mind. */
export function conventionTimers({ convention }: ConventionRecord): Record<string, Instant> {
  const [next] = endingsOf(convention)
    .flatMap((ending) =>
      waitingAlerts(ending)
        .slice(0, 1)
        .map((days) => alertAt(ending, days)),
    )
    .sort();
  return next === undefined ? {} : { 'end-nears': next };
}
