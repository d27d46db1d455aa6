import { casesMigrations, casesSlices } from '@fil-rouge/cases';
import type { Slice } from '@fil-rouge/kernel';
import { notificationsConsumers, notificationsMigrations } from '@fil-rouge/notifications';
import { platformMigrations, type BellSettings, type Clock, type ConsumerInterest, type openLog, type PlatformOptions, type Settings } from '@fil-rouge/platform';
import { referralsConsumers, referralsMigrations, referralsSlices } from '@fil-rouge/referrals';
import { usersMigrations, usersSlices } from '@fil-rouge/users';

/** What lives on records, from the lowest module to the highest. The api and the worker must agree on it, so it stands once. */
export const slices: readonly Slice[] = [...usersSlices, ...casesSlices, ...referralsSlices];

/** Who waits for which events; the worker brings a handler for each. */
export const consumers: readonly ConsumerInterest[] = [...referralsConsumers, ...notificationsConsumers];

export const migrations = [...platformMigrations, ...usersMigrations, ...casesMigrations, ...referralsMigrations, ...notificationsMigrations];

/** What a process is given: checked settings, the opened key, and the logins it uses. */
export interface Runtime {
  readonly settings: Settings;
  readonly masterKey: Buffer;
  /** Login `api` for the api, `worker` for the worker. */
  readonly databaseUrl: string;
  readonly bell: BellSettings;
  readonly logger: ReturnType<typeof openLog>;
  /** Tests move theirs. */
  readonly clock?: Clock;
}

export const platformOptions = ({ masterKey, databaseUrl, bell, logger, clock }: Runtime): PlatformOptions => ({
  databaseUrl, poolSize: 12, masterKey, slices, consumers, bell, logger, clock,
});
