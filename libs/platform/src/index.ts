export { AccessGuard } from './access/access.guard';
export { BrowserSession } from './access/browser-session';
export { lacksFactor, SecondFactorRule } from './access/second-factor';
export {
  asked,
  bytesOf,
  evenUnreadable,
  openPiece,
  type Asking,
  Reads,
  type Rows,
  textOf,
  type ReadOptions,
  type Select,
} from './access/reads';
export { Public, Refuses, Requires, SignedIn, type SignedInRequest } from './access/requires';
export type { Caller, Session } from './access/session';
export { Sessions } from './access/sessions';
export { Journal } from './audit/journal';
export { JournalWords } from './audit/journal-words';
export { thinBackups, writeBackup } from './backup/backup';
export { backupsIn, openBackup, type Manifest, type OpenedBackup } from './backup/manifest';
export { loadBackup } from './backup/restore';
export { Clock } from './clock';
export { checkDatabase } from './database.check';
export { Database, type Transaction } from './database';
export { Consumer, fanOut } from './deliveries/consumer';
export { Deliveries } from './deliveries/deliveries';
export { Timers } from './deliveries/timers';
export {
  findEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from './embedded-postgres/embedded-postgres';
export { FolderHeld, holderOf, holdFolder, type HeldFolder } from './embedded-postgres/folder';
export { answer, answerDone, type Answer } from './http/answer';
export {
  canonicalTexts,
  Email,
  Line,
  Name,
  OptionalLine,
  Secret,
  Text,
  Texts,
  textKindOf,
  type TextKind,
} from './http/text';
export { bodyLimit, readJson } from './http/json-body';
export { secure } from './http/headers';
export { leaveFilesUnread, readFile, TakesFile, type SentFile } from './http/one-file';
export { problemBody, problemHeaders } from './http/problem-body';
export { traceOf } from './http/traceparent';
export { download, partLength } from './http/download';
export { refuseNamelessHost, refuseOtherBytes, servesProblems } from './http/refusals';
export { Cacheable } from './http/cacheable';
export { Code, Codes } from './http/codes';
export { CountResponse, countOf, mostCounted } from './http/count.dto';
export { AnyOf, Flag, refuseFilters, Several } from './http/filters';
export { Id, IdOrAll, IdOrMine, Ids } from './http/id-fields';
export { AtMost } from './http/lists';
export { cursorAt, cursorOf, limitOf, longestCursor, Optional, PageQuery, pageOf, type Page } from './http/page';
export { Day, From, InstantOrDay, MeetingTime, spanOf, UpTo } from './http/time-fields';
export { IdParam, shaped, ShapePipe } from './http/validation';
export { addVerbRoutes, type VerbRoute } from './http/verb-routes';
export { isUuid, newId } from './ids';
export { Baseline } from './migrations/baseline';
export { ForwardOnly } from './migrations/forward-only';
export { ensureDatabase, migrate, ownerSource, presentTexts } from './migrations/migrate';
export type { RolePasswords } from './migrations/roles';
export type { Library } from './library';
export { PartyEntity } from './platform.entity';
export { platformLibrary } from './platform.library';
export { Health } from './operations/health.controller';
export { Log, nestLogger, openLog } from './operations/log';
export { Metrics } from './operations/metrics';
export { MetricsAccess } from './operations/metrics.access';
export { PlatformModule, type PlatformOptions } from './platform.module';
export { Earshot, prepareQueueSchema, type BellSettings } from './queue';
export type { Claims, Consumed } from './records/commit';
export { hashOf, rootHash, type ChainLink } from './records/chain';
export { SweepErasures } from './records/erasures.service';
export { fold, instantOf, linkOf, readEvent, readLog, type Head, type LogRow, type Pass } from './records/log';
export { verifyRows, type Verified } from './records/verify';
export { KeyRing, keyIdOf, MasterKeys, shortId, type Placed } from './records/master-keys';
export { KeyRotation, type KeyState } from './records/key-rotation';
export { WrapAgain } from './records/wrap-again.service';
export { checkMasterKeys, WorkingKeys } from './records/working-keys';
export { addKey, loadKeyFile, type KeyFile } from './key-file';
export { signedText, type Anchor } from './anchors/anchor';
export { AnchorPlaces, Anchors, type AnchorFault } from './anchors/anchors.service';
export { Derivation, type Replayed } from './records/derivation';
export { Rebuilding } from './records/rebuild';
export type { Deliberation } from './records/deliberation';
export type { Decision, Idempotency, Outcome, RowAddress, Target } from './records/decision';
export { Records, signedOut } from './records/records';
export { Sealing } from './records/sealing';
export { partitionOf, Slices, type ConsumerInterest, type State } from './records/slices';
export {
  access,
  columnsOf,
  composed,
  definer,
  inlined,
  internal,
  invoker,
  isFunction,
  readTable,
  signatureOf,
  written,
  type LibrarySchema,
  type SchemaFunction,
  type SchemaText,
  type TableAccess,
} from './schema/schema';
export { loadSettings, SettingsError, type Settings } from './settings';
export { Chore, WorkModule, type WorkOptions } from './work.module';
