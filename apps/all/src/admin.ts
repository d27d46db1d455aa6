import { Problem } from '@fil-rouge/kernel';
import { SettingsError } from '@fil-rouge/platform';
import { failToStart } from '../../process';
import { read } from './admin/command';
import { commands } from './admin/commands';
import { withTools } from './tools';

/** `npm run admin -- <command>`. Exit code 0 when it was done, 1 when it could not be, 2 when what was typed is no command. */
async function main(): Promise<void> {
  const typed = read(process.argv.slice(2), commands);
  if ('help' in typed) return void process.stdout.write(typed.help);
  await withTools('npm run admin', (tools) => typed.command.run(tools, typed.given)).catch(inWordsOfTheCommandLine);
}

/** A rule refused, with pointers into a body that nobody typed: the members are called like the options. */
function inWordsOfTheCommandLine(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  const errors = error.members.errors ?? [];
  throw new SettingsError(
    errors.length === 0
      ? [error.detail]
      : errors.map(
          ({ pointer, code, detail }) =>
            `--${pointer.slice(1).replace('structureId', 'structure')}: ${detail ?? `${code}.`}`,
        ),
  );
}

main().then(() => process.exit(0), failToStart);
