import { parseArgs } from 'node:util';
import { argumentsOf, UsageError } from '../../../arguments';
import type { Tools } from '../tools';
import { nearest } from './nearest';

/** One thing an administrator can have done from the command line. */
export interface Command {
  readonly summary: string;
  /** What stands behind its name: `<id>`. */
  readonly argument?: string;
  readonly options?: Readonly<
    Record<string, { readonly value: string; readonly says: string; readonly required?: true }>
  >;
  readonly examples: readonly string[];
  /** Looked at before a database is opened. Throws a UsageError. */
  check?(given: Given): void;
  run(tools: Tools, given: Given): Promise<void>;
}

export interface Given {
  readonly argument?: string;
  readonly options: Readonly<Record<string, string | undefined>>;
}

export type Commands = Readonly<Record<string, Command>>;

const start = 'npm run admin --';

/** What was typed: help to be printed, or a command with all it needs. Throws a UsageError that says what is wrong and what would be right. */
export function read(
  typed: readonly string[],
  commands: Commands,
): { help: string } | { command: Command; given: Given } {
  // Known already, so that the value of an option is not taken for the command.
  const options = Object.fromEntries(
    Object.values(commands)
      .flatMap((command) => Object.keys(command.options ?? {}))
      .map((option) => [option, { type: 'string' as const }]),
  );
  const [first, second] = parseArgs({ args: [...typed], options, strict: false }).positionals;
  const wantsHelp = typed.some((word) => ['help', '--help', '-h'].includes(word));
  const name = first === 'help' ? second : first;
  if (name === undefined) {
    if (wantsHelp) return { help: overview(commands) };
    throw new UsageError(`Which command?\n\n${overview(commands)}`);
  }
  const command = Object.hasOwn(commands, name) ? commands[name]! : undefined;
  if (!command) {
    const meant = nearest(name, Object.keys(commands))[0];
    throw new UsageError(
      `There is no command "${name}".${meant ? ` Did you mean "${meant}"?` : ''} All of them: ${start} --help`,
    );
  }
  return wantsHelp ? { help: helpOf(name, command) } : { command, given: givenTo(name, command, typed) };
}

function givenTo(name: string, command: Command, typed: readonly string[]): Given {
  const { argument: wanted, options = {} } = command;
  const says = `; see \`${start} ${name} --help\`.`;
  const known = Object.fromEntries(Object.keys(options).map((option) => [option, { type: 'string' as const }]));
  const { values, positionals } = argumentsOf(`${start} ${name}`, known, [...typed]);
  const [, argument, ...superfluous] = positionals;
  if (wanted && argument === undefined) throw new UsageError(`"${name}" needs ${wanted}${says}`);
  if (superfluous.length > 0 || (!wanted && argument !== undefined))
    throw new UsageError(
      `"${name}" does not take ${wanted ? superfluous.join(' ') : positionals.slice(1).join(' ')}${says}`,
    );
  const given = { argument, options: values as Given['options'] };
  for (const [option, { required }] of Object.entries(options)) {
    if (required && given.options[option] === undefined) throw new UsageError(`"${name}" needs --${option}${says}`);
    if (given.options[option]?.trim() === '') throw new UsageError(`--${option} is empty${says}`);
  }
  command.check?.(given);
  return given;
}

function overview(commands: Commands): string {
  const width =
    Math.max(...Object.entries(commands).map(([name, { argument = '' }]) => `${name} ${argument}`.length)) + 2;
  const lines = Object.entries(commands).map(
    ([name, { summary, argument = '' }]) => `  ${`${name} ${argument}`.padEnd(width)}${summary}`,
  );
  const examples = Object.values(commands).map((command) => `  ${start} ${command.examples[0]}`);
  return `${start} <command>\n\n${lines.join('\n')}\n  ${'<command> --help'.padEnd(width)}its options\n\nExamples\n${examples.join('\n')}\n`;
}

function helpOf(name: string, { summary, argument, options = {}, examples }: Command): string {
  const shown = Object.entries(options).map(
    ([option, { value, says, required }]) => [`--${option} ${value}`, `${says}${required ? ' (needed)' : ''}`] as const,
  );
  const width = Math.max(0, ...shown.map(([left]) => left.length)) + 2;
  const lines = shown.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
  return [
    `${start} ${name}${argument ? ` ${argument}` : ''}`,
    '',
    `${summary}.`,
    '',
    ...(lines.length > 0 ? [...lines, ''] : []),
    'Examples',
    ...examples.map((example) => `  ${start} ${example}`),
    '',
  ].join('\n');
}
