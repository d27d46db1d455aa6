import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doers, graceDays, lateVerbs, readers, sight, type Extent, type Reader, type Subject } from '@fil-rouge/cases';
import { libraries } from '../../system';
import { dataMap } from './data-map';
import { table } from './markdown';
import { handoverRules, referralRules, taskRules } from '@fil-rouge/referrals';

const subjects: Readonly<Record<Subject, string>> = {
  referrals: 'referral: states, dates, structures',
  first_name: 'first name, commune, age bracket, needs, message, contact preference',
  details: 'surname, birth name, contact, birth year, status',
  name_beside: 'first name and surname beside a task, a notification, a participant of a workshop',
  shared_entries: 'shared entries of every structure',
  private_notes: 'private notes',
  lead: 'lead now and before',
  readers: 'who read the record',
  objections: 'what the resident objects to',
  numbers: 'numbers of the record’s events',
  duplicates: 'which other records look like the same resident’s, and by what kind of word',
};

const columns: Readonly<Record<Reader, string>> = {
  candidate: 'candidate',
  contributor: 'contributor',
  lead: 'lead',
  former_lead: 'former lead',
  former_contributor: 'former contributor',
  refused: 'refused, withdrawn, expired recipient',
  coordinator: 'coordinator',
  auditor: 'administrator, auditor',
};

const extents: Readonly<Record<Extent, string>> = {
  all: '✓',
  end: 'up to the end',
  own: 'own',
  family: 'own, and children of its own',
  sheet: 'on the referral',
  first: 'first name',
  bare: 'own, without resident and message',
  reason: 'with a reason',
  no: '–',
};

const words = (text: string): string => text.replaceAll('_', ' ');

/** Text of `docs/who-sees-what.md`: the policies' own data, so that what is written is what is decided. */
export const whoSeesWhat = (): string => `# Who sees what, and who may do what

Made by \`npm run docs\` from the policies (\`case.policy.ts\`, \`referral.policy.ts\`, \`handover.policy.ts\`, \`tasks.rules.ts\`); a test fails when it is not what they say.
Whatever is not here is refused. Row-level security of the database decides reads a second time, from grants alone.

## Who sees what

${table(
  ['', ...readers.map((reader) => columns[reader])],
  ...Object.entries(sight).map(([subject, cells]) => [
    subjects[subject as Subject],
    ...readers.map(
      (reader) => extents[cells[reader]] + (subject === 'shared_entries' && cells[reader] === 'end' ? ' + own' : ''),
    ),
  ]),
)}

A coordinator: the cases of its territory. \`own\`: what the structure itself wrote, or the referrals it is a party of.

## Who may do what on a case

${table(['action', 'who'], ...Object.entries(doers).map(([verb, who]) => [words(verb), who.map((one) => columns[one]).join(', ')]))}

Who is a former lead by a handover, or a former contributor by having completed or returned its referral: on its own entries, for ${graceDays} calendar days, and of what had happened by then; an appointment of its own it calls off at any time, and what came of sending the resident outside the network it says at any time.
So the last lead of a closed case: ${lateVerbs.map(words).join(', ')}.

## Who may do what on a referral

${table(
  ['from', 'action', 'who'],
  ...referralRules.map(({ action, from, by, requested }) => [
    from.map(words).join(', ') +
      (requested === undefined ? '' : requested ? ' (cancellation requested)' : ' (no cancellation requested)'),
    action,
    by.map(words).join(', '),
  ]),
)}

## Who may do what on a handover

${table(['from', 'action', 'who'], ...Object.entries(handoverRules).map(([action, { when, by }]) => [when.join(', '), action, by.map((side) => `${side} side`).join(', ')]))}

## What is on somebody’s list of tasks

${table(
  ['task', 'of', 'state', 'whose', 'due'],
  ...taskRules.map(({ kind, of, role, statuses, details, requested, named, who, due }) => [
    `\`${kind}\``,
    of,
    [
      statuses.map(words).join(', '),
      ...(details ? [`(${details.map(words).join(', ')})`] : []),
      ...(requested ? ['(cancellation requested)'] : []),
      ...(named === undefined ? [] : [named ? '(contact named)' : '(no contact named)']),
    ].join(' '),
    `${role}${role === 'deciding' ? ': coordinator; for a batch also its managers' : who === null ? ': its managers' : who === 'contact' ? ': the person named, else its managers' : ': its counsellor on the case, else its managers'}`,
    `${words(due.from).replace(/ at$/, '')}${due.days === 0 ? '' : ` + ${due.days} days`}`,
  ]),
)}
`;

if (require.main === module) {
  const folder = join(__dirname, '../../../../docs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'who-sees-what.md'), whoSeesWhat());
  writeFileSync(join(folder, 'data-map.md'), dataMap(libraries));
}
