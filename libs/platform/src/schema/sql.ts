import { callOf, type SchemaFunction, type TableAccess } from './schema';

/** The statements that make a function what its text says, whatever was granted before. Run them as its owner. */
export function functionSql({ head, body, owner, callers, options }: SchemaFunction): string {
  const call = callOf(head);
  // An expression (`return …`) is parsed when it is created; the rest is text.
  const does = /^\s*return\b/.test(body) ? body : `as $$${body}$$`;
  const others = ['public', 'owner', 'writer', 'reader', 'api', 'worker'].filter((role) => role !== owner);
  return [
    `create or replace function ${head} ${options} ${does};`,
    `revoke execute on function ${call} from ${others.join(', ')};`,
    ...(callers.length > 0 ? [`grant execute on function ${call} to ${callers.join(', ')};`] : []),
  ].join('\n');
}

/** The same for a table whose policies and triggers have been dropped. Run it as `owner`, when the functions are there. */
export function tableSql({ table, rights, policies, triggers }: TableAccess): string {
  return [
    `alter table ${table} enable row level security;`,
    `alter table ${table} force row level security;`,
    ...Object.entries(rights).map(([role, verbs]) => `grant ${verbs} on ${table} to ${role};`),
    ...Object.entries(policies).map(([name, rest]) => `create policy ${name} on ${table} ${rest};`),
    ...Object.entries(triggers).map(([name, rest]) => `create trigger ${name} ${rest};`),
  ].join('\n');
}
