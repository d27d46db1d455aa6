import { instantOf } from '@fil-rouge/platform';
import { NamedId } from '../sign-in/auth.dto';
import { DelaysBody } from './delay-settings.dto';
import type { ChangeShown } from './delay-settings.queries';

/** One change of a setting. */
export class DelayChangeResponse {
  /** Counts the changes. */
  version!: number;
  at!: string;
  author?: NamedId;
  /** What was set until then. */
  before!: DelaysBody;
  /** What has been set since. */
  after!: DelaysBody;

  static from({ version, at, by_user, by_name, before, after }: ChangeShown): DelayChangeResponse {
    return {
      version,
      at: instantOf(at),
      ...(by_user !== null && by_name !== null ? { author: { id: by_user, name: by_name } } : {}),
      before,
      after,
    };
  }
}

export class DelayChangesPage {
  items!: DelayChangeResponse[];
  nextCursor!: string | null;
}
