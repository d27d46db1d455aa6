import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { Clock, Sealing } from '@fil-rouge/platform';
import { Turns } from '../sign-in/turns.service';
import { bareCode, isTimed, stepOf } from './codes.service';

/** What `enter_session` takes for a code: that its box was opened and which half minute it is of, or a recovery code. */
export type Shown = { proof: string; step: number } | { recovery: string };

/** Wrong codes of one account, by whoever has its password; a known device has its own, so that nobody else keeps the person out there. */
const tries = { most: 10, seconds: 900 };

/** A code that was typed at the sign-in. */
@Injectable()
export class CodesShown {
  constructor(
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly turns: Turns,
  ) {}

  /**
   * What a typed code shows to the database; null: nothing.
   * @param box of the account's second factor, as the database gave it for the right password
   * @param device a known one: its tries are counted apart
   * Problems: 429 after too many.
   */
  async of({ box, of }: { box: string; of: Uuid }, typed: string, device?: string): Promise<Shown | null> {
    const bare = bareCode(typed);
    const timed = isTimed(bare);
    await this.turns.need(
      { of: `second factor|${of}|${timed ? 'code' : 'recovery'}|${device ?? ''}`, ...tries },
      'Too many wrong codes. Wait, then try again.',
    );
    if (!timed) return { recovery: createHash('sha256').update(bare).digest('hex') };
    const opened = this.sealing.openKept('second-factor', box);
    // A box that was copied from another account's row opens nothing here.
    if (opened?.['userId'] !== of) return null;
    const step = stepOf(opened['secret'] as string, bare, this.clock.now());
    return step === null ? null : { proof: opened['proof'] as string, step };
  }

  /** A right code is no try. */
  async giveBack(of: Uuid, shown: Shown, device?: string): Promise<void> {
    const kind = 'recovery' in shown ? 'recovery' : 'code';
    await this.turns.giveBack({ of: `second factor|${of}|${kind}|${device ?? ''}`, ...tries });
  }
}
