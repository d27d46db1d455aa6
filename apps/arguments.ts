import { parseArgs } from 'node:util';
import { SettingsError } from '@fil-rouge/platform';

/** What was typed is not a command: said in a sentence, with exit code 2. */
export class UsageError extends SettingsError {
  constructor(sentence: string) {
    super([sentence]);
  }
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

/** What was typed after the command, or a UsageError in our words. */
export function argumentsOf<O extends Options>(command: string, options: O, typed = process.argv.slice(2)) {
  try {
    return parseArgs({ args: typed, options, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(`${message.split(/\. |\n/)[0]!.replace(/\.$/, '')}; see \`${command} --help\`.`);
  }
}

interface Option {
  readonly says: string;
  /** What stands behind it: `<folder>`. */
  readonly value: string;
}

/** For a command that takes its settings from the environment: answers `--help`, and refuses what it does not know instead of passing over it. */
export const flagsOf = (
  command: string,
  purpose: string,
  flags: Readonly<Record<string, string>> = {},
): ReadonlySet<string> => new Set(Object.keys(optionsOf(command, purpose, {}, flags)));

/** The same with options that have a value: what was typed behind each, and `true` for a flag. */
export function optionsOf<Name extends string, Flag extends string>(
  command: string,
  purpose: string,
  options: Readonly<Record<Name, Option>>,
  flags: Readonly<Record<Flag, string>>,
): { readonly [name in Name]?: string } & { readonly [flag in Flag]?: true } {
  const switches: Record<string, string> = { ...flags, help: 'this text' };
  const { values, positionals } = argumentsOf(`${command} --`, {
    ...Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(Object.keys(switches).map((name) => [name, { type: 'boolean' as const }])),
  });
  if (values['help']) {
    const shown = [
      ...Object.entries<Option>(options).map(([name, { value, says }]) => [`${name} ${value}`, says] as const),
      ...Object.entries(switches),
    ];
    const width = Math.max(8, ...shown.map(([left]) => left.length + 2));
    const lines = shown.map(([left, says]) => `  --${left.padEnd(width)}${says}`);
    process.stdout.write(
      `${command}\n\n${purpose} Settings come from the environment; the README lists them.\n\n${lines.join('\n')}\n`,
    );
    process.exit(0);
  }
  if (positionals.length > 0)
    throw new UsageError(`\`${command}\` takes no ${positionals.join(' ')}; see \`${command} -- --help\`.`);
  return values as ReturnType<typeof optionsOf<Name, Flag>>;
}
