/**
 * A process of its own that asks and measures: HTTP by autocannon, statements by prepared statements, boxes and passwords opened one after the other.
 * It is started once and told what to measure next, so that no measurement pays for its start.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Asked, HttpLoad, Load, Measured, OpenLoad, PasswordLoad, SqlLoad } from './loads';
import { askOverHttp, callStatement, openBoxes, verifyPasswords } from './loads';

export class LoadGenerator {
  private readonly ended: Promise<never>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'exit').then(() => {
      throw new Error('The load generator ended before it answered.');
    });
    // It ends when it is stopped, too, and then nobody waits for it.
    this.ended.catch(() => undefined);
  }

  static async start(): Promise<LoadGenerator> {
    const child = fork(__filename, {
      execArgv: ['-r', resolve(__dirname, '../typescript.cjs')],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const generator = new LoadGenerator(child);
    await Promise.race([once(child, 'message'), generator.ended]);
    return generator;
  }

  async measure(load: Load): Promise<Measured> {
    const answered = once(this.child, 'message');
    this.child.send(load);
    const [answer] = (await Promise.race([answered, this.ended])) as [Measured | { error: string }];
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  stop(): void {
    this.child.kill();
  }
}

const measure = (load: Load): Promise<Measured> => {
  switch (load.kind) {
    case 'http':
      return askOverHttp(load);
    case 'sql':
      return callStatement(load);
    case 'open':
      return Promise.resolve(openBoxes(load));
    case 'password':
      return verifyPasswords(load);
  }
};

export type { Asked, HttpLoad, Measured, OpenLoad, PasswordLoad, SqlLoad };

if (require.main === module) {
  process.on('message', (load: Load) => {
    measure(load).then(
      (measured) => process.send!(measured),
      (error: unknown) => process.send!({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.send!('ready');
}
