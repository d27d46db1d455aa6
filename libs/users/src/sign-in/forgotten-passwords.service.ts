import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { Chore, Database, Records } from '@fil-rouge/platform';
import { forgetPassword } from '../person/own-account.decider';
import type { PersonRecord } from '../person/person';

/** In one tick: nobody else waits for long. */
const perTick = 20;

/** Makes the links that were asked for (`want_password`). Ended between the two, it makes one again: two mails, of which both open. */
@Injectable()
export class ForgottenPasswords extends Chore {
  constructor(
    private readonly database: Database,
    private readonly records: Records,
  ) {
    super();
  }

  async run(): Promise<void> {
    const wanted = await this.database.query<{ user_id: Uuid; wanted_at: Date }>(
      'passwords_wanted',
      'select user_id, wanted_at from password_wanted order by wanted_at limit $1',
      [perTick],
    );
    for (const { user_id: userId, wanted_at } of wanted) {
      await this.records.decide<PersonRecord, null>({
        caller: null,
        on: [{ kind: 'person', id: userId }],
        decide: ([record]) => [forgetPassword(userId, record!.context)],
        result: () => null,
      });
      await this.database.query(
        'password_answered',
        'delete from password_wanted where user_id = $1 and wanted_at = $2',
        [userId, wanted_at],
      );
    }
  }
}
