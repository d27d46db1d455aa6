/** What holds for all structures: one record, which begins with its first change. A decision relies on it as a fact. Pure. */
import {
  delaysInForce,
  type Change,
  type Context,
  type Delays,
  type Fact,
  type RecordEvent,
  type Slice,
  type Uuid,
} from '@fil-rouge/kernel';
import {
  delaySettingChanges,
  evolveDelays,
  isDelaysEvent,
  nothingSet,
  type DelaySettings,
} from '../delays/delay-settings';
import { structureOf } from '../structure/structure';

export const networkId: Uuid = '00000000-0000-7000-8000-000000000001';

export type NetworkState = { delays: DelaySettings };
export type NetworkRecord = { network: NetworkState };

export const networkSlice: Slice<NetworkState, NetworkRecord> = {
  kind: 'network',
  name: 'network',
  version: 1,
  initial: { delays: nothingSet },
  writes: { DelaysChanged: 1 },
  evolve: (state, event) => (isDelaysEvent(event) ? { delays: evolveDelays(state.delays, event) } : state),
  project: (before: NetworkRecord, { network }: NetworkRecord, event: RecordEvent): Change[] =>
    delaySettingChanges(event, before.network.delays, network.delays),
};

export const networkOf = (fact: Fact | undefined): NetworkState | undefined =>
  fact?.kind === 'network' ? (fact.state as NetworkRecord).network : undefined;

/** The delays for what begins now with that structure. Needs the network's record and the structure as facts. */
export const delaysFor = (structureId: Uuid | null, context: Context): Delays =>
  delaysInForce(networkOf(context.fact(networkId))?.delays.own, structureOf(context.fact(structureId))?.delays?.own);
