import { ForwardOnly, readTable } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { casesAccessSql } from './cases.access.sql';
import { casesTablesSql } from './cases.tables.sql';

/** Read tables of cases, sessions and workshops, and who reads them. Frozen once released. */
export class Cases1700000000003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(casesTablesSql);
    await runner.query(casesAccessSql);
    await runner.query([
      readTable({
        table: 'case_file',
        key: ['id'],
        columns: ['id', 'case_id', 'status', 'version', 'commune', 'lead_structure_id', 'lead_user_id', 'lead_since', 'opened_at', 'closed_at', 'last_activity_at'],
        // As `watches`, but on the row itself: a list must not look each case up.
        apiPolicy: `me_role() in ('administrator', 'auditor') or (me_role() = 'coordinator' and in_territory(commune))`,
        workerReads: true,
      }),
      readTable({
        table: 'case_access',
        key: ['structure_id', 'case_id'],
        columns: [
          'id', 'case_id', 'structure_id', 'participation', 'status', 'version', 'commune', 'themes', 'lead_structure_id', 'lead_user_id', 'lead_since', 'opened_at',
          'last_activity_at', 'first_name_event', 'identity_event', 'profile_event', 'objections', 'until_seq',
        ],
        apiPolicy: `structure_id = me_structure() and me_role() in ('counsellor', 'manager')`,
      }),
      readTable({
        table: 'lead_period',
        key: ['id'],
        columns: ['id', 'case_id', 'structure_id', 'counsellor_id', 'from_at', 'until_at', 'from_seq', 'until_seq'],
        // A former lead reads the period that began with the event that ended its own: the name of the new one.
        apiPolicy: 'from_seq <= record_horizon(case_id) or watches(case_id)',
      }),
      readTable({
        table: 'session_entry',
        key: ['id'],
        columns: [
          'id', 'case_id', 'structure_id', 'author_id', 'date', 'minutes', 'place', 'commune', 'themes', 'equipment', 'autonomy', 'referral_id', 'recorded_seq', 'seq',
          'text_event', 'note_event', 'corrections',
        ],
        // By the last event: what was corrected after a former lead's end is read from the log, up to that end.
        apiPolicy: 'structure_id = me_structure() or seq <= record_horizon(case_id)',
        workerReads: true,
      }),
      readTable({ table: 'search_token', key: ['structure_id', 'token', 'case_id'], columns: ['structure_id', 'token', 'case_id'], apiPolicy: 'structure_id = me_structure()' }),
      readTable({
        table: 'workshop',
        key: ['id'],
        columns: ['id', 'structure_id', 'author_id', 'date', 'minutes', 'place', 'commune', 'themes', 'level', 'participants', 'anonymous', 'recorded_at'],
        apiPolicy: 'structure_id = me_structure()',
      }),
    ].join('\n'));
  }
}
