/** Delays that administrators set, for the network or for one structure, whose record keeps them. Pure. */
import { forbidden, stale, type Change, type Context, type Decided, type JsonObject, type OwnDelays, type RecordEvent, type Uuid } from '@fil-rouge/kernel';

/** `version` counts the changes: the ETag. */
export type DelaySettings = { version: number; own: OwnDelays };
export const nothingSet: DelaySettings = { version: 0, own: {} };

export type DelaysEventData = { DelaysChanged: { own: OwnDelays } };

export const evolveDelays = ({ version }: DelaySettings, event: RecordEvent): DelaySettings =>
  ({ version: version + 1, own: event.data['own'] as OwnDelays });

/** Replaces all that was set; what is left out is as the level above says. The same again changes nothing. */
export function changeDelays(present: DelaySettings, { own, ifMatch }: { own: OwnDelays; ifMatch?: number }, { actor }: Context): Decided[] {
  if (actor.role !== 'administrator') throw forbidden('Only an administrator changes delays.');
  if (ifMatch !== undefined && ifMatch !== present.version) throw stale();
  if (canonical(own) === canonical(present.own)) return [];
  return [{ type: 'DelaysChanged', data: { own: own } }];
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

export const delaySettingChange = (id: Uuid, { version, own }: DelaySettings): Change =>
  ({ call: 'put_delay_setting', rows: [{ id, case_id: id, version, own: own as JsonObject } satisfies DelaySettingRow] });
