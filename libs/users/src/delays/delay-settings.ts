/** Delays that administrators set, for the network or for one structure, whose record keeps them. Pure. */
import {
  contradictionIn,
  eventsOf,
  forbidden,
  invalid,
  setTogether,
  stale,
  type Change,
  type Context,
  type Decided,
  type EventOf,
  type Instant,
  type JsonObject,
  type OwnDelays,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';

/** `version` counts the changes: the ETag. */
export type DelaySettings = { version: number; own: OwnDelays };
export const nothingSet: DelaySettings = { version: 0, own: {} };

export type DelaysEventData = { DelaysChanged: { own: OwnDelays } };

export const isDelaysEvent = eventsOf<DelaysEventData>({ DelaysChanged: 1 });

export const evolveDelays = (
  { version }: DelaySettings,
  { data: { own } }: EventOf<DelaysEventData>,
): DelaySettings => ({ version: version + 1, own });

/** The other level of each mix that the change would be part of: of a structure's the network, of the network's every structure that has set something. */
export type Mix = {
  readonly network: OwnDelays;
  readonly structure: OwnDelays;
  /** Absent: the one that is changed. */ readonly name?: string;
};

/** Replaces all that was set; what is left out is as the level above says. The same again changes nothing. */
export function changeDelays(
  present: DelaySettings,
  { own, ifMatch, mixes }: { own: OwnDelays; ifMatch?: number; mixes: readonly Mix[] },
  { actor }: Context,
): Decided[] {
  if (actor.role !== 'administrator') throw forbidden('Only an administrator changes delays.');
  if (ifMatch !== undefined && ifMatch !== present.version) throw stale();
  if (canonical(own) === canonical(present.own)) return [];
  for (const mix of mixes) checkMix(mix, own);
  return [{ type: 'DelaysChanged', data: { own: own } }];
}

/** Nothing that somebody has set gives way in silence. */
function checkMix({ network, structure, name }: Mix, own: OwnDelays): void {
  const found = contradictionIn(setTogether(network, structure));
  if (!found) return;
  const { shorter, longer } = found;
  const isOwn = (path: string): boolean =>
    path.split('/').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], own) !==
    undefined;
  const [pointer, code] = isOwn(shorter) ? [shorter, 'too-long'] : [longer, 'too-short'];
  const beside =
    isOwn(shorter) && isOwn(longer) ? '' : ` (as set ${name === undefined ? 'above, or by default' : `for ${name}`})`;
  const sentence =
    shorter === longer
      ? `The days of ${shorter} must go up, each once.`
      : `${shorter} must not be longer than ${longer}${beside}.`;
  throw invalid(
    `/${pointer}`,
    shorter === longer ? 'order' : code,
    `${sentence} In order: reminders, coordinator, answer, answerUnderReview.`,
  );
}

const canonical = (own: OwnDelays): string => JSON.stringify(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What is set for the network (`id` of its record) or a structure. */
export interface DelaySettingRow {
  id: Uuid;
  /** Equal to `id`. */
  case_id: Uuid;
  version: number;
  own: JsonObject;
}

/** One change: what was set before, what from then on. */
export interface DelayChangeRow {
  /** The network's record or the structure's. */
  case_id: Uuid;
  version: number;
  at: Instant;
  by_user: Uuid | null;
  before: JsonObject;
  after: JsonObject;
}

export const delaySettingChanges = (
  { stream: id, at, actor: by_user }: RecordEvent,
  before: DelaySettings,
  { version, own }: DelaySettings,
): Change[] => [
  { call: 'put_delay_setting', rows: [{ id, case_id: id, version, own: own as JsonObject } satisfies DelaySettingRow] },
  {
    call: 'put_delay_change',
    rows: [
      {
        case_id: id,
        version,
        at,
        by_user,
        before: before.own as JsonObject,
        after: own as JsonObject,
      } satisfies DelayChangeRow,
    ],
  },
];
