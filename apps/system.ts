import { kernelSentences, type Sentences } from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { notificationsLibrary } from '@fil-rouge/notifications';
import {
  platformLibrary,
  type BellSettings,
  type Clock,
  type Library,
  type MasterKeys,
  type openLog,
  type PlatformOptions,
  type Settings,
} from '@fil-rouge/platform';
import { referralsLibrary } from '@fil-rouge/referrals';
import { statisticsLibrary } from '@fil-rouge/statistics';
import { usersLibrary } from '@fil-rouge/users';

/** What the system is made of, from the lowest up, in the order of \`libs/order.json\`. The api and the worker must agree on it, so it stands once. */
export const libraries: readonly Library[] = [
  platformLibrary,
  usersLibrary,
  casesLibrary,
  referralsLibrary,
  notificationsLibrary,
  statisticsLibrary,
];

const every = <One>(part: (library: Library) => readonly One[] | undefined): One[] =>
  libraries.flatMap((library) => part(library) ?? []);

export const slices = every(({ slices: own }) => own);
export const handlers = every(({ consumers }) => consumers);
/** Words of the journal. */
export const journal = every(({ journal: own }) => own);
/** What is refused, in French. */
export const french = libraries.reduce<Sentences>((all, { french: own }) => ({ ...all, ...own }), kernelSentences);
export const chores = every(({ chores: own }) => own);

/** What a process is given: checked settings, the master keys, and the logins it uses. */
export interface Runtime {
  readonly settings: Settings;
  readonly masterKeys: MasterKeys;
  /** Login \`api\` for the api, \`worker\` for the worker. */
  readonly databaseUrl: string;
  readonly bell: BellSettings;
  readonly logger: ReturnType<typeof openLog>;
  /** Tests move theirs. */
  readonly clock?: Clock;
}

export const platformOptions = ({
  settings,
  masterKeys,
  databaseUrl,
  bell,
  logger,
  clock,
}: Runtime): PlatformOptions => ({
  databaseUrl,
  poolSize: 12,
  masterKeys,
  slices,
  consumers: handlers.map(({ interest }) => interest),
  journal,
  french,
  bell,
  logger,
  clock,
  metricsToken: settings.metricsToken,
  anchorFolders: settings.anchorFolders,
  browsers: { secure: settings.publicUrl.startsWith('https:') },
  secondFactor: { required: settings.secondFactorRequired },
});
