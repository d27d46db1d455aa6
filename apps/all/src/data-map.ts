/** What is kept of whom, and how: for the impact assessment. What stands here is held to the database by tests (docs.spec, releases.spec). */
import type { PieceKind } from '@fil-rouge/kernel';
import { columnsOf, type Library } from '@fil-rouge/platform';
import { getMetadataArgsStorage } from 'typeorm';
import { table } from './markdown';

/** Of a resident: what a sealed piece holds, and who reads it (`sight` in `case.policy.ts`, and row-level security once more). */
const pieces: Readonly<Record<PieceKind, readonly [what: string, who: string]>> = {
  first_name: ['first name', '“first name …” there'],
  identity: [
    'surname, birth name, telephone, e-mail; who acts for a minor or somebody under protection',
    '“surname …” there',
  ],
  profile: [
    'birth year, commune, gender, status, language, need of an interpreter',
    'of it the commune and the age bracket like the first name, the rest like the surname',
  ],
  shared_text: [
    'what was noted for everybody on the record: sessions, notes, goals, appointments, referrals and their answers, reasons in words; the title of a workshop',
    '“shared entries …” there; of a referral or a handover its two sides',
  ],
  private_note: [
    'what was noted for one’s own structure; to which address it had a link or a reminder sent',
    '“private notes” there',
  ],
  file_name: ['the name of a file', '“shared entries …” there'],
};

/** Columns of bytes, and sealed texts: what they are. `table.column`. */
export const secretColumns: Readonly<Record<string, string>> = {
  'stream.key': 'the record’s key, wrapped with a key that follows from a root',
  'sealing_root.box': 'a root, from which keys follow: sealed with the master key, which is outside the database',
  'piece.ciphertext': 'sealed with the record’s key, see above',
  'attachment_part.ciphertext': 'a part of a file, sealed with the record’s key',
  'export.pass': 'the sign-in an export is made in, sealed with a key that follows from a root; gone when it is made',
  'export.sealed_with': 'an export’s own key, wrapped with a key that follows from a root',
  'export_part.ciphertext': 'a part of an export, sealed with its key',
  'audit_entry.comment': 'why somebody read a record, in words: sealed with its key',
  'claim.token': 'keyed word: of two records of one person one is noticed; nobody reads it',
  'search_token.token': 'keyed word of a name, by which a structure finds its residents; nobody reads it',
  'access_token.token_hash': 'hash of a sign-in',
  'second_factor.box': 'the secret of a professional’s codes, sealed with a key that follows from a root',
  'second_factor.proof_hash': 'hash of what opens with that box alone',
  'recovery_code.hash': 'hash of a code that is written down somewhere',
  'calendar_address.secret_hash': 'hash of a secret address',
  'known_origin.key': 'hash of an account and a browser it was used with, for 90 days',
  'sign_in_attempt.key': 'hash of an account or an address with a wrong password, for an hour',
};

/** Columns with words in clear: whose they are. None of them is about a resident. */
export const clearColumns: Readonly<Record<string, string>> = {
  'account.email': 'a professional’s address',
  'account.name': 'a professional’s name',
  'account.search_name': 'a professional’s name',
  'account.password_hash': 'Argon2id; leaves the database by no function',
  'email_change.old_email': 'a professional’s address',
  'email_change.new_email': 'a professional’s address',
  'event.data': 'ids and codes; of a structure’s or a place’s own log what it says of itself',
  'stream.state': 'ids and codes; of a structure’s or a place’s own log what it says of itself',
  'structure.name': 'a structure',
  'structure.search_name': 'a structure',
  'structure.services': 'what a structure does, in the words of the national standard',
  'structure_former_name.name': 'a structure',
  'structure_decision.reference': 'the State’s decision on a structure',
  'structure_decision.reason': 'the State’s decision on a structure',
  'structure_leaflet.purpose': 'what a structure tells residents of itself',
  'structure_leaflet.bring': 'what a structure tells residents of itself',
  'structure_leaflet.coming': 'what a structure tells residents of itself',
  'structure_tags.tags': 'a structure’s labels for its sessions',
  'convention.reference': 'a convention with the State',
  'convention.end_reason': 'a convention with the State',
  'place.name': 'a place where counsellors receive',
  'place.search_name': 'a place where counsellors receive',
  'place.street': 'a place where counsellors receive',
  'place.complement': 'a place where counsellors receive',
  'place.phone': 'a place where counsellors receive',
  'place.hours': 'a place where counsellors receive',
  'place.openings': 'a place where counsellors receive',
  'place.openings_note': 'a place where counsellors receive',
  'anonymous_session.place_name': 'a place where counsellors receive',
  'audit_entry.action': 'a route, or a word of the journal',
  'statistics_publication.cells': 'figures; `*` where they would tell of fewer than five',
  'email.message_id': 'ids',
  'timer.name': 'ids',
  'key_holder.name': 'a process that runs, and its machine',
  'delivery.parked_reason': 'the name of an error',
};

const until: readonly (readonly [what: string, until: string])[] = [
  [
    'a resident’s record: pieces, files, keyed words, rows of lists',
    'its erasure. The log of ids and codes stays, and verifies',
  ],
  ['an export', 'a day, or the erasure of anybody whom a structure that was on the record could have in it'],
  ['who read a record, when, why', 'the journal is kept; words of a reason go with the record'],
  ['statistics', 'kept: codes, no id that leads to somebody once erased'],
  ['a sign-in', 'half an hour without a request, twelve hours in any case; its row until the next one'],
  ['the answer to a request that may be sent again', '48 hours: ids alone'],
  ['a wrong password', 'an hour'],
  ['a browser that was used', '90 days'],
  ['backups', 'as many as `npm run backup -- --keep` says; what was erased since is erased again when one comes back'],
  ['the program’s log', 'ids, codes and durations; as long as whoever runs it keeps it'],
];

const listed = (columns: Readonly<Record<string, string>>): string =>
  table(['column', 'what it is'], ...Object.entries(columns).map(([name, what]) => [`\`${name}\``, what]));

/** Text of `docs/data-map.md`. */
export function dataMap(libraries: readonly Library[]): string {
  const tables = libraries.flatMap(({ name, entities }) =>
    entities.map((entity) => ({
      library: name,
      table: getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!,
      columns: columnsOf(entity),
    })),
  );
  return `# What is kept of whom

Made by \`npm run docs\` from the code, for the impact assessment (AIPD); a test fails when it is not what the tables are.

## Of residents: sealed

AES-256-GCM with a key per record, wrapped with keys that a master key outside the database seals. “There” is [who-sees-what.md](who-sees-what.md).

${table(['piece', 'what', 'who reads it'], ...Object.entries(pieces).map(([kind, [what, who]]) => [`\`${kind}\``, what, who]))}

## Sealed, keyed and hashed columns

${listed(secretColumns)}

## Words in clear

${listed(clearColumns)}

## Everything else: ids, codes, numbers and dates

A test looks at every other column of a database that holds every kind of event, and finds codes only (\`test/contract/releases.spec.ts\`). That somebody’s case is followed by which structure, in which commune and for which themes is such a
code: whoever reads the database reads it, without a name.

${table(['library', 'table', 'columns'], ...tables.map((one) => [one.library, `\`${one.table}\``, one.columns.filter((column) => !(`${one.table}.${column}` in secretColumns) && !(`${one.table}.${column}` in clearColumns)).join(', ')]))}

## Until when

${table(['what', 'until'], ...until)}
`;
}
