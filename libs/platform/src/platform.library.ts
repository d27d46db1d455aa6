import { platformMigrations } from './migrations';
import { TakeAnchors } from './anchors/anchors.service';
import { anchoring } from './schema/anchor.sql';
import { command } from './schema/command.sql';
import { context } from './schema/context.sql';
import { deliveries } from './schema/delivery.sql';
import { derived } from './schema/derived.sql';
import { door } from './schema/door.sql';
import { log } from './schema/log.sql';
import { reading } from './schema/reading.sql';
import { sealing } from './schema/sealing.sql';
import type { Library } from './library';
import { SweepErasures } from './records/erasures.service';
import { WrapAgain } from './records/wrap-again.service';
import { platformEntities } from './platform.entity';
import { platformSentences } from './platform.french';

export const platformLibrary: Library = {
  name: 'platform',
  french: platformSentences,
  entities: platformEntities,
  migrations: platformMigrations,
  texts: [...context, ...door, ...log, ...command, ...deliveries, ...reading, ...derived, ...sealing, ...anchoring],
  chores: [TakeAnchors, SweepErasures, WrapAgain],
  asks: [
    // Who a token acts for, {userId, structureId, role, …}; null when it opens nothing (any more). Called with every request.
    'session_of(p_token bytea, p_now timestamptz) returns jsonb',
    // Whose a token is or was: {userId, structureId}.
    'holder_of(p_token bytea) returns jsonb',
    // What of the network such a session watches over, for the policies that ask for it (`fil.scope`); null never.
    'scope_of(p_session jsonb) returns text',
    // Whether who signs in with that role acts for the structure on its records; else it watches, and the structure lends it nothing.
    'acts_for_structure(p_role text) returns boolean',
    // How far who asks reads a record: the number of an event, null for nothing. The shared thread; what is about one thing, for whoever leads; and as one of its parties.
    'record_horizon(p_stream uuid) returns integer',
    'lead_horizon(p_stream uuid) returns integer',
    'party_reads(p_stream uuid, p_about uuid, p_seq integer) returns boolean',
    // Whether whoever is signed in may have to do with that record: their structure has or had a part in it, or they watch, or it is no resident's.
    'acts_on(p_stream uuid, p_session jsonb) returns boolean',
    // The records, and those that ended in one of them, whose things go on there.
    'with_those_ended(p_streams uuid[]) returns uuid[]',
    // Whether events of these types only ask for a part.
    'asks_for_a_part(p_types text[]) returns boolean',
    // What somebody who is not signed in may do something to: the records that the secret of a link leads to.
    'records_warranted(p_warrant jsonb, p_now timestamptz) returns uuid[]',
    // The other records that claim what this one asks for, as JSON; null: none. What goes together knows who makes the words.
    'claimed_elsewhere(p_stream uuid, p_asks jsonb) returns jsonb',
    // Whether pieces of that event are gone although its record lives: a file was taken away, or another record's erasure took them.
    'pieces_released(p_event uuid) returns boolean',
    // Boxes beside the records that the database keeps, wrapped with another root: [{id, purpose, box}]; each replaced where it is still what it was, p = [{id, old, box}]; how many are left.
    'boxes_to_wrap(p_root integer) returns jsonb',
    'boxes_wrapped(p jsonb) returns void',
    'boxes_left_behind(p_root integer) returns bigint',
  ],
};
