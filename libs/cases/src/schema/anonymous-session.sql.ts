import { readTable } from '@fil-rouge/platform';
import { AnonymousSession } from '../anonymous-session/anonymous-session.entity';

/** What was done with people who give no name: their structure's alone. */
export const anonymousSessions = readTable(AnonymousSession, {
  of: 'id',
  person: 'structure_id = me_structure()',
  worker: true,
});
